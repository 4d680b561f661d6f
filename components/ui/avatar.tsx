import clsx from "clsx";

/** The initials of a person. Decoration beside the name, so screen readers skip it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "grid shrink-0 select-none place-items-center rounded-full bg-accent-soft font-semibold text-accent-text",
        className ?? "size-11",
      )}
    >
      {initialsOf(name)}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first] = Array.from(words[0] ?? "");
  const [last] = words.length > 1 ? Array.from(words.at(-1) ?? "") : [];
  return `${first ?? "?"}${last ?? ""}`.toLocaleUpperCase("en");
}
