import { queryOptions } from "@tanstack/react-query";
import { addDays, addMonths, firstDayOf, type Month } from "@/lib/time";
import { callApi } from "./api";
import { keepFormToken } from "./form-token";

export type Slot = { start: string; end: string };
/** `isClosed`: a calendar of the host's cannot be read, so nothing is offered at all. */
export type Slots = { slots: Slot[]; isClosed: boolean };
export type PageAddress = { host: string; eventType: string };
/** What is asked for: meetings of one length; the booking that is to move does not stand in its own way. */
export type SlotsOf = PageAddress & { durationMinutes: number; exceptToken?: string | undefined };

/** The slots of all the host's pages: what takes a time takes it from each of them. */
export const slotsKey = ({ host }: Pick<PageAddress, "host">) => ["slots", host] as const;

/**
 * A month's slots age. The server says when they change (useLive); where it cannot, they are asked for again every
 * 30 s while the page is looked at, and when it is again.
 */
export function monthQuery(of: SlotsOf, month: Month) {
  return queryOptions({
    queryKey: [...slotsKey(of), of.eventType, of.durationMinutes, of.exceptToken ?? null, month],
    queryFn: ({ signal }) => fetchSlots(of, month, addMonths(month, 1), signal),
    staleTime: 10_000,
    refetchInterval: 30_000,
    refetchOnWindowFocus: "always",
  });
}

/** The first slot after an empty month, looked for until the booking window ends. */
export function nextSlotQuery(of: SlotsOf, after: Month, last: Month) {
  return queryOptions({
    queryKey: [
      ...slotsKey(of),
      of.eventType,
      of.durationMinutes,
      of.exceptToken ?? null,
      "next",
      after,
      last,
    ],
    queryFn: async ({ signal }) => {
      for (let from = addMonths(after, 1); from <= last; from = addMonths(from, 2)) {
        const { slots } = await fetchSlots(of, from, addMonths(from, 2), signal);
        if (slots[0]) return slots[0];
      }
      return null;
    },
    staleTime: 60_000,
  });
}

/** A day more on both ends: the month is the visitor's, who may be fourteen hours from UTC. */
async function fetchSlots(of: SlotsOf, from: Month, to: Month, signal: AbortSignal): Promise<Slots> {
  const query = new URLSearchParams({
    host: of.host,
    event_type: of.eventType,
    duration: String(of.durationMinutes),
    from: `${addDays(firstDayOf(from), -1)}T00:00:00Z`,
    to: `${addDays(firstDayOf(to), 1)}T00:00:00Z`,
    ...(of.exceptToken && { booking: of.exceptToken }),
  });
  const { slots, closed, form } = await callApi<{ slots: Slot[]; closed: boolean; form: string }>(
    `/api/v1/slots?${query}`,
    { signal },
  );
  keepFormToken(form);
  return { slots, isClosed: closed };
}
