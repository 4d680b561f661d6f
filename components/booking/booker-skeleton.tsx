import Link from "next/link";
import { Skeleton } from "@/components/ui/skeleton";
import type { BookingPage } from "@/lib/booking/public";
import { DayTimesSkeleton } from "./day-times";
import { datePanel, timesPanel } from "./panels";

/** The room of month and times, until the browser's zone is known. */
export function BookerSkeleton({ host }: Pick<BookingPage, "host">) {
  return (
    <>
      <div className={datePanel}>
        <noscript>
          <WithoutScripts host={host} />
        </noscript>
        <div aria-busy="true" className="noscript:hidden">
          <p className="sr-only">Loading the free times…</p>
          <div className="flex h-11 items-center pb-3">
            <Skeleton className="h-6 w-36" />
          </div>
          <div className="grid grid-cols-7 gap-1 pt-10">
            {Array.from({ length: 35 }, (_, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a skeleton has nothing but positions
              <Skeleton key={place} className="h-11 sm:h-12" />
            ))}
          </div>
        </div>
      </div>
      <div className={`${timesPanel} noscript:hidden max-md:hidden`}>
        <DayTimesSkeleton />
      </div>
    </>
  );
}

function WithoutScripts({ host }: Pick<BookingPage, "host">) {
  return (
    <div className="flex max-w-prose flex-col gap-3">
      <h2 className="font-semibold text-lg">Free times need JavaScript</h2>
      <p>
        This page shows which times are free at this very moment, and cannot without JavaScript. Switch it on
        for this site, open the address in another browser, or answer whoever sent you the address and propose
        a time.
      </p>
      <p>
        <Link href={`/book/${host.handle}`} className="font-medium text-accent-text underline">
          Everything {host.name} can be booked for
        </Link>
      </p>
    </div>
  );
}
