"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { addMonths, type Day, dayOf, groupByDay, type Month, monthOf } from "@/lib/time";
import { monthQuery, nextSlotQuery, type PageAddress, type Slot } from "./slots-query";
import type { Go, Place } from "./use-booking-url";

type Question = { page: PageAddress; bookingWindowDays: number; timeZone: string; place: Place; go: Go };

/** What is free in the month the visitor looks at, and around it. */
export type Availability = ReturnType<typeof useAvailability>;

export function useAvailability({ page, bookingWindowDays, timeZone, place, go }: Question) {
  const now = useNow();
  const today = dayOf(now, timeZone);
  const firstMonth = monthOf(today);
  const lastMonth = monthOf(dayOf(new Date(now.getTime() + bookingWindowDays * 86_400_000), timeZone));
  const asked = place.slot ? monthOf(dayOf(new Date(place.slot), timeZone)) : place.month;
  const month = clamp(asked ?? (place.day ? monthOf(place.day) : firstMonth), firstMonth, lastMonth);

  const { data, isError, isSuccess, refetch } = useQuery(monthQuery(page, month));
  const following = addMonths(month, 1);
  useQuery({
    ...monthQuery(page, following),
    enabled: isSuccess && following <= lastMonth,
    refetchInterval: false,
  });

  const slots = useMemo(
    () => (data ?? []).filter(({ start }) => new Date(start) > now && inMonth(start, month, timeZone)),
    [data, month, now, timeZone],
  );
  const days = useMemo(() => groupByDay(slots, ({ start }) => new Date(start), timeZone), [slots, timeZone]);

  const isEmpty = isSuccess && days.size === 0;
  const next = useQuery({ ...nextSlotQuery(page, month, lastMonth), enabled: isEmpty && month < lastMonth });
  const nextDay = next.data ? dayOf(new Date(next.data.start), timeZone) : null;
  const opensLater = isEmpty && !place.month && !place.day && !place.slot;
  useEffect(() => {
    if (opensLater && nextDay) go({ month: monthOf(nextDay) }, "replace");
  }, [opensLater, nextDay, go]);

  return {
    today,
    month,
    firstMonth,
    lastMonth,
    slots,
    days,
    day: useDay(place.day, month, days),
    nextDay,
    isLoading: !data && !isError,
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

const inMonth = (start: string, month: Month, timeZone: string) =>
  monthOf(dayOf(new Date(start), timeZone)) === month;

const clamp = (month: Month, first: Month, last: Month) =>
  month < first ? first : month > last ? last : month;
