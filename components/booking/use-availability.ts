"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { BookingPage } from "@/lib/booking/public";
import { addMonths, type Day, dayOf, groupByDay, type Month, monthOf } from "@/lib/time";
import { bookingMonths } from "./booking-window";
import { monthQuery, nextSlotQuery, type Slot } from "./slots-query";
import type { Go, Place } from "./use-booking-url";

type Question = {
  page: BookingPage;
  durationMinutes: number;
  exceptToken?: string | undefined;
  timeZone: string;
  place: Place;
  go: Go;
};

/** What is free in the month the visitor looks at, and around it. */
export type Availability = ReturnType<typeof useAvailability>;

export function useAvailability({ page, durationMinutes, exceptToken, timeZone, place, go }: Question) {
  const of = { host: page.host.handle, eventType: page.eventType.slug, durationMinutes, exceptToken };
  const now = useNow();
  const { first: firstMonth, last: lastMonth } = useMemo(
    () => bookingMonths(page.eventType, now, timeZone),
    [page.eventType, now, timeZone],
  );
  const asked = place.slot ? monthOf(dayOf(new Date(place.slot), timeZone)) : place.month;
  const month = clamp(asked ?? (place.day ? monthOf(place.day) : firstMonth), firstMonth, lastMonth);

  const { data, isError, isSuccess, refetch } = useQuery(monthQuery(of, month));
  const following = addMonths(month, 1);
  const { data: later } = useQuery({
    ...monthQuery(of, following),
    enabled: isSuccess && following <= lastMonth,
    refetchInterval: false,
  });

  const slots = useMemo(() => (data?.slots ?? []).filter(({ start }) => new Date(start) > now), [data, now]);
  const days = useMemo(() => {
    const own = slots.filter(({ start }) => monthOf(dayOf(new Date(start), timeZone)) === month);
    return groupByDay(own, ({ start }) => new Date(start), timeZone);
  }, [slots, month, timeZone]);

  const isEmpty = isSuccess && days.size === 0;
  const next = useQuery({ ...nextSlotQuery(of, month, lastMonth), enabled: isEmpty && month < lastMonth });
  const nextDay = next.data ? dayOf(new Date(next.data.start), timeZone) : null;
  const opensLater = isEmpty && !place.month && !place.day && !place.slot;
  useEffect(() => {
    if (opensLater && nextDay) go({ month: monthOf(nextDay) }, "replace");
  }, [opensLater, nextDay, go]);

  return {
    today: dayOf(now, timeZone),
    month,
    firstMonth,
    lastMonth,
    /** Of the month, and as far as they are known around it. */
    slots: useMemo(() => merge(slots, later?.slots ?? []), [slots, later]),
    days,
    day: useDay(place.day, month, days),
    nextDay,
    isClosed: data?.isClosed ?? false,
    isSettled: isSuccess && !(isEmpty && next.isLoading) && !(opensLater && nextDay),
    isError: isError && !data,
    refetch,
  };
}

/** The chosen day, else the month's first free one, which stays the same when an earlier one opens. */
function useDay(chosen: Day | null, month: Month, days: Map<Day, Slot[]>): Day | null {
  const [offered, setOffered] = useState<Day | null>(null);
  const [first = null] = days.keys();
  const day = offered && days.has(offered) ? offered : first;
  if (day !== offered) setOffered(day);
  return chosen && monthOf(chosen) === month ? chosen : day;
}

function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Months are asked for with a day more on both ends, so neighbours share some. */
function merge(slots: Slot[], later: Slot[]): Slot[] {
  const last = slots.at(-1)?.start ?? "";
  return [...slots, ...later.filter(({ start }) => start > last)];
}

const clamp = (month: Month, first: Month, last: Month) =>
  month < first ? first : month > last ? last : month;
