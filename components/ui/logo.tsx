import clsx from "clsx";

/** The mark: the first day of the month, rising. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 32 32"
      fill="none"
      aria-hidden="true"
      className={clsx("shrink-0", className ?? "size-7")}
    >
      <rect width="32" height="32" rx="9" className="fill-accent" />
      <path
        d="M22.6 20.4a7.6 7.6 0 1 1 0-8.8"
        className="stroke-on-accent"
        strokeWidth="2.8"
        strokeLinecap="round"
      />
      <circle cx="22.4" cy="16" r="1.9" className="fill-on-accent" />
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={clsx("inline-flex items-center gap-2.5", className)}>
      <LogoMark />
      <span className="font-semibold text-[1.0625rem] tracking-[-0.02em]">Calends</span>
    </span>
  );
}
