import clsx from "clsx";
import { Check } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

type Props = {
  schedules: { id: string; name: string; isDefault: boolean }[];
  currentId: string;
  /** What makes another one. */
  action: ReactNode;
};

export function ScheduleLinks({ schedules, currentId, action }: Props) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <nav aria-label="Schedules" className="min-w-0">
        <ul className="flex flex-wrap gap-2">
          {schedules.map(({ id, name, isDefault }) => {
            const isCurrent = id === currentId;
            return (
              <li key={id} className="min-w-0">
                <Link
                  href={(isDefault ? "/availability" : `/availability?schedule=${id}`) as Route}
                  aria-current={isCurrent ? "page" : undefined}
                  className={clsx(
                    "flex min-h-9 max-w-full items-center gap-1.5 rounded-full border px-3.5 py-1 font-medium text-sm transition-colors pointer-coarse:min-h-11",
                    isCurrent
                      ? "border-accent bg-accent-soft text-accent-text"
                      : "border-line-strong/60 text-muted hover:bg-sunken hover:text-ink",
                  )}
                >
                  {isCurrent && <Check aria-hidden="true" className="size-4 shrink-0" />}
                  <span className="truncate">{name}</span>
                  {isDefault && <span className="shrink-0 font-normal">· default</span>}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      {action}
    </div>
  );
}
