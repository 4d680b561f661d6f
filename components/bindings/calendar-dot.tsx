/** A calendar's own colour; its name stands beside it. */
export function CalendarDot({ color }: { color: string | null }) {
  return (
    <span
      aria-hidden="true"
      className="size-3 shrink-0 rounded-full border border-line-strong bg-accent"
      style={color ? { backgroundColor: color } : undefined}
    />
  );
}
