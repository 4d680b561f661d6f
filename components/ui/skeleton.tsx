import clsx from "clsx";

/** The place of something that is still loading. Say so once, in the region around it: `aria-busy`. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={clsx("block animate-pulse rounded-md bg-sunken", className ?? "h-4")}
    />
  );
}
