import type { FeedFacts } from "@/lib/providers/provider";
import type { FeedEvent, FeedRequest, FeedSummary } from "./feed-messages";
import { readPages } from "./feed-pages";
import { windowOf } from "./test-text";

export const in2026 = windowOf("2026-01-01", "2027-01-01", "Europe/Berlin");

export function request(body: string | Uint8Array, asked: Partial<FeedRequest> = {}): FeedRequest {
  return {
    body: typeof body === "string" ? new TextEncoder().encode(body) : body,
    contentType: "text/calendar",
    window: in2026,
    known: {},
    maxEvents: 1_000,
    ...asked,
  };
}

export type WholeFeed = Omit<FeedSummary, "facts"> & { facts: FeedFacts; events: FeedEvent[] };

/** All pages at once, read in this thread. */
export function readWhole(body: string | Uint8Array, asked: Partial<FeedRequest> = {}): WholeFeed {
  const whole = { events: [] as FeedEvent[], versions: {}, unreadable: [] as FeedSummary["unreadable"] };
  const pages = readPages(request(body, asked));
  for (let next = pages.next(); ; next = pages.next()) {
    if (next.done) return { ...whole, facts: next.value };
    whole.events.push(...next.value.events);
    whole.unreadable.push(...next.value.unreadable);
    Object.assign(whole.versions, next.value.versions);
  }
}

/** "title start" of every occurrence. */
export function titlesOf({ events }: WholeFeed): string[] {
  return events.flatMap(({ occurrences }) =>
    occurrences.map(({ title, time }) => `${title} ${startOf(time)}`),
  );
}

function startOf(time: FeedEvent["occurrences"][number]["time"]): string {
  return time.kind === "allDay" ? time.startDay : time.startsAt.toISOString().slice(0, 16);
}
