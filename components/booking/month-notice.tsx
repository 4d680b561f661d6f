"use client";

import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { type Day, formatDay, formatMonth } from "@/lib/time";
import type { Availability } from "./use-availability";

/** Under the month: why there is nothing to choose, and where there is. */
export function MonthNotice({
  free,
  locale,
  onDay,
}: {
  free: Availability;
  locale: string;
  onDay: (day: Day) => void;
}) {
  if (free.isError)
    return (
      <Banner
        tone="warning"
        live="alert"
        title="The free times could not be loaded"
        className="mt-5"
        action={
          <Button size="sm" onClick={() => free.refetch()}>
            Try again
          </Button>
        }
      >
        Check your connection.
      </Banner>
    );
  if (!free.isSettled || free.days.size > 0) return null;
  const { nextDay } = free;
  if (!nextDay)
    return (
      <Banner live="status" className="mt-5">
        {free.month > free.firstMonth
          ? `No times are free in ${formatMonth(free.month, locale)} or later.`
          : "No times are free at the moment. Please look again another day."}
      </Banner>
    );
  return (
    <Banner
      live="status"
      className="mt-5"
      action={
        <Button size="sm" onClick={() => onDay(nextDay)}>
          Go to {formatDay(nextDay, locale, { weekday: "long", day: "numeric", month: "long" })}
        </Button>
      }
    >
      No times are free in {formatMonth(free.month, locale)}. The next ones are later.
    </Banner>
  );
}
