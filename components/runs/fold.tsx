import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** Something long, folded away behind a word about it. */
export function Fold({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <details className="group min-w-0">
      <summary className="flex min-h-9 w-fit list-none items-center gap-1.5 rounded-sm text-muted text-sm hover:text-ink pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
        {summary}
      </summary>
      {children}
    </details>
  );
}

/** Text as the machine wrote it; it scrolls, also by keyboard. */
export function Code({ label, children }: { label: string; children: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="mt-1 max-h-80 overflow-auto rounded-md bg-sunken p-3.5"
    >
      <pre className="w-fit font-mono text-[0.8125rem] text-ink leading-5">{children}</pre>
    </section>
  );
}
