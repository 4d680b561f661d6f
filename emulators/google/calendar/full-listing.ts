import type { Calendar, GoogleEvent } from "../state";
import type { ListQuery } from "./list-query";
import { instancesOf, singlesOf } from "./singles";
import { current, exceptionsAt } from "./store";
import { isInside, spanOf, type Window } from "./time";

/** Everything the query asks for, oldest event first unless it is to be sorted. */
export function fullListing(calendar: Calendar, query: ListQuery): GoogleEvent[] {
  const events: GoogleEvent[] = [];
  for (const id of calendar.events.keys()) {
    const event = current(calendar, id);
    if (event && !event.recurringEventId) events.push(...worthOf(calendar, event, query));
  }
  const wanted = events.filter((event) => isWanted(event, query));
  return query.orderBy ? wanted.sort(orders[query.orderBy](calendar)) : wanted;
}

/** "Deleted since then always included" goes for `updatedMin`, too. */
function showsDeleted(event: GoogleEvent, query: ListQuery): boolean {
  return query.showDeleted || (query.updatedMin !== null && Date.parse(event.updated) >= query.updatedMin);
}

function worthOf(calendar: Calendar, event: GoogleEvent, query: ListQuery): GoogleEvent[] {
  if (query.singleEvents) return singlesWorth(calendar, event, query);
  const exceptions = exceptionsAt(calendar, event.id).map((version) => version.event);
  if (event.status === "cancelled") return showsDeleted(event, query) ? [event] : [];
  // Without singleEvents what was called off is told of even where deleted events are not shown.
  const all = event.recurrence ? [event, ...exceptions] : [event];
  // A series of which everything was called off is still there.
  if (isUnbounded(query.window)) return all;
  return all.filter((one) => touches(calendar, one, query.window));
}

const isUnbounded = ({ from, to }: Window) =>
  from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY;

function singlesWorth(calendar: Calendar, event: GoogleEvent, query: ListQuery): GoogleEvent[] {
  const { window } = query;
  const version = { seq: 0, event };
  const shows = showsDeleted(event, query);
  if (event.status === "cancelled") {
    if (!shows) return [];
    if (!event.recurrence) return touches(calendar, event, window) ? [event] : [];
    const instances = instancesOf(calendar, version, { window, showsCancelled: true });
    return [...instances.values()].map((single) => ({ ...single.event, status: "cancelled" }));
  }
  const singles = event.recurrence
    ? instancesOf(calendar, version, { window, showsCancelled: shows })
    : singlesOf(calendar, event.id, { window });
  return [...singles.values()].map((single) => single.event);
}

/** A series touches the window when one of its instances does. */
function touches(calendar: Calendar, event: GoogleEvent, window: Window): boolean {
  if (!event.recurrence) return isInside(spanOf(event, calendar.timeZone), window);
  return instancesOf(calendar, { seq: 0, event }, { window }).size > 0;
}

function isWanted(event: GoogleEvent, query: ListQuery): boolean {
  if (query.updatedMin !== null && Date.parse(event.updated) < query.updatedMin) return false;
  if (query.iCalUID !== null && event.iCalUID !== query.iCalUID) return false;
  if (query.eventTypes.length > 0 && !query.eventTypes.includes(event.eventType)) return false;
  if (query.q !== null && !textOf(event).includes(query.q.toLowerCase())) return false;
  const { private: own = {}, shared = {} } = event.extendedProperties ?? {};
  return (
    query.privateProperties.every(([key, value]) => own[key] === value) &&
    query.sharedProperties.every(([key, value]) => shared[key] === value)
  );
}

function textOf(event: GoogleEvent): string {
  const people = (event.attendees ?? []).map(({ email, displayName }) => `${email} ${displayName ?? ""}`);
  return [event.summary, event.description, event.location, ...people].join(" ").toLowerCase();
}

type Order = (calendar: Calendar) => (a: GoogleEvent, b: GoogleEvent) => number;
const orders: Record<"startTime" | "updated", Order> = {
  startTime: (calendar) => (a, b) => spanOf(a, calendar.timeZone).from - spanOf(b, calendar.timeZone).from,
  updated: () => (a, b) => a.updated.localeCompare(b.updated),
};
