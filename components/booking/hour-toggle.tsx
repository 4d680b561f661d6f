"use client";

import clsx from "clsx";

/** 12 or 24 hours; remembered. */
export function HourToggle({ hour12, onChange }: { hour12: boolean; onChange: (hour12: boolean) => void }) {
  return (
    <fieldset className="flex shrink-0 rounded-md border border-line p-0.5">
      <legend className="sr-only">Clock</legend>
      {[
        { value: true, short: "12h" },
        { value: false, short: "24h" },
      ].map(({ value, short }) => (
        <button
          key={short}
          type="button"
          aria-pressed={hour12 === value}
          onClick={() => onChange(value)}
          className={clsx(
            "min-h-8 min-w-11 rounded-[0.5rem] px-2 text-[0.8125rem] transition-colors pointer-coarse:min-h-11",
            hour12 === value ? "bg-accent-soft font-semibold text-accent-text" : "text-muted hover:text-ink",
          )}
        >
          {short}
          <span className="sr-only"> clock</span>
        </button>
      ))}
    </fieldset>
  );
}
