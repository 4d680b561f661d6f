"use client";

import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { BookingPage } from "@/lib/booking/public";
import { type Day, formatDay, formatMonth } from "@/lib/time";
import type { Availability } from "./use-availability";

type MonthNoticeProps = {
  page: BookingPage;
  free: Availability;
  locale: string;
  onDay: (day: Day) => void;
};

/** Under the month: why there is nothing to choose, and where there is. */
export function MonthNotice({ page: { host, eventType }, free, locale, onDay }: MonthNoticeProps) {
  const { nextDay } = free;
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
  if (free.isClosed)
    return (
      <Banner tone="warning" live="status" title="Bookings are paused" className="mt-5">
        A calendar of {host.name}’s cannot be read right now, so free times would be a guess. Leave this page
        open: they appear by themselves once it can.
      </Banner>
    );
  if (!nextDay)
    return (
      <Banner live="status" className="mt-5">
        {eventType.windowLastDay && eventType.windowLastDay < free.today
          ? `The last day for this meeting was ${formatDay(eventType.windowLastDay, locale)}.`
          : free.month > free.firstMonth
            ? `No times are free in ${formatMonth(free.month, locale)} or later.`
            : "No times are free at the moment. Leave this page open, or look again another day: a time that becomes free appears by itself."}
      </Banner>
    );
  return (
    <Banner
      live="status"
      className="mt-5"
      action={
        <Button size="sm" className="whitespace-normal" onClick={() => onDay(nextDay)}>
          Go to {formatDay(nextDay, locale, { weekday: "long", day: "numeric", month: "long" })}
        </Button>
      }
    >
      No times are free in {formatMonth(free.month, locale)}. The next ones are later.
    </Banner>
  );
}
