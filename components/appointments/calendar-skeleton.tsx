import { Skeleton } from "@/components/ui/skeleton";

const places = Array.from({ length: 7 }, (_, place) => place);

/** The place of a calendar that is on its way. */
export function CalendarSkeleton({ hasToolbar = false }: { hasToolbar?: boolean }) {
  return (
    <div aria-busy="true" className="flex h-full flex-col gap-4">
      <p className="sr-only">Loading</p>
      {hasToolbar && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Skeleton className="h-8 w-56" />
          <Skeleton className="h-11 w-full sm:w-96" />
        </div>
      )}
      <div className="grid min-h-120 flex-1 grid-cols-3 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-7">
        {places.map((place) => (
          <div key={place} className="flex flex-col gap-3 bg-surface p-2 max-sm:nth-[n+4]:hidden">
            <Skeleton className="mx-auto h-6 w-10" />
            <Skeleton className={place % 2 ? "mt-16 h-20" : "mt-32 h-12"} />
            <Skeleton className={place % 3 ? "mt-8 h-10" : "h-16"} />
          </div>
        ))}
      </div>
    </div>
  );
}
