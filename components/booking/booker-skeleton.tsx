import { Skeleton } from "@/components/ui/skeleton";
import { DayTimesSkeleton } from "./day-times";
import { datePanel, timesPanel } from "./panels";

/** The room of month and times, until the browser's zone is known. */
export function BookerSkeleton() {
  return (
    <>
      <div className={datePanel}>
        <div className="flex h-11 items-center pb-3">
          <Skeleton className="h-6 w-36" />
        </div>
        <div className="grid grid-cols-7 gap-1 pt-10">
          {Array.from({ length: 35 }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a skeleton has nothing but positions
            <Skeleton key={place} className="h-11 sm:h-12" />
          ))}
        </div>
        <noscript>
          <p className="pt-6">This page needs JavaScript to show free times as they are now.</p>
        </noscript>
      </div>
      <div className={`${timesPanel} max-md:hidden`}>
        <DayTimesSkeleton />
      </div>
    </>
  );
}
