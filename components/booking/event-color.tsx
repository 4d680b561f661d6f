import clsx from "clsx";

/** The colour a host gave an event type. Decoration: no text stands on it, nothing is told by it alone. */
export function EventColor({ color, className }: { color: string | null; className: string }) {
  if (!color) return null;
  return (
    <span
      aria-hidden="true"
      className={clsx("block shrink-0", className)}
      style={{ backgroundColor: color }}
    />
  );
}
