import { queryOptions } from "@tanstack/react-query";
import { addDays, addMonths, firstDayOf, type Month } from "@/lib/time";
import { callApi } from "./api";

export type Slot = { start: string; end: string };
export type PageAddress = { host: string; eventType: string };

/** A month's slots age: they are asked for again every 30 s while the page is looked at, and when it is again. */
export function monthQuery(page: PageAddress, month: Month) {
  return queryOptions({
    queryKey: ["slots", page.host, page.eventType, month],
    queryFn: ({ signal }) => fetchSlots(page, month, addMonths(month, 1), signal),
    staleTime: 10_000,
    refetchInterval: 30_000,
    refetchOnWindowFocus: "always",
  });
}

/** The first slot after an empty month, looked for until the booking window ends. */
export function nextSlotQuery(page: PageAddress, after: Month, last: Month) {
  return queryOptions({
    queryKey: ["slots", page.host, page.eventType, "next", after, last],
    queryFn: async ({ signal }) => {
      for (let from = addMonths(after, 1); from <= last; from = addMonths(from, 2)) {
        const [slot] = await fetchSlots(page, from, addMonths(from, 2), signal);
        if (slot) return slot;
      }
      return null;
    },
    staleTime: 60_000,
  });
}

/** A day more on both ends: the month is the visitor's, who may be fourteen hours from UTC. */
async function fetchSlots(page: PageAddress, from: Month, to: Month, signal: AbortSignal): Promise<Slot[]> {
  const query = new URLSearchParams({
    host: page.host,
    event_type: page.eventType,
    from: `${addDays(firstDayOf(from), -1)}T00:00:00Z`,
    to: `${addDays(firstDayOf(to), 1)}T00:00:00Z`,
  });
  const { slots } = await callApi<{ slots: Slot[] }>(`/api/v1/slots?${query}`, { signal });
  return slots;
}
