import { type Authorized, findCalendar } from "../access";
import { badRequest, timeRangeEmpty } from "../errors";
import type { Google } from "../google";
import type { Reply } from "../http";
import type { Calendar, GoogleEvent } from "../state";
import { readBody } from "./request";
import { singlesOf } from "./singles";
import { parseInstant, type Span, spanOf } from "./time";
import { formatIn, isZone } from "./zone";

const mostCalendars = 50;

export function freeBusy(google: Google, call: Authorized): Reply {
  const body = readBody(call);
  const from = parseInstant(String(body.timeMin ?? ""));
  const to = parseInstant(String(body.timeMax ?? ""));
  if (from === null || to === null) throw badRequest();
  if (from >= to) throw timeRangeEmpty();
  const zone = body.timeZone == null ? "UTC" : String(body.timeZone);
  if (!isZone(zone)) throw badRequest();
  const items = Array.isArray(body.items) ? (body.items as { id: string }[]) : [];
  if (items.length > Number(body.calendarExpansionMax ?? mostCalendars)) throw badRequest();
  const calendars = items.map(({ id }) => {
    const found = findCalendar(google, call.user, id);
    if (!found) return [id, { errors: [{ domain: "global", reason: "notFound" }], busy: [] }];
    const busy = mergeSpans(busySpans(found.calendar, { from, to }));
    return [
      id,
      { busy: busy.map((span) => ({ start: formatIn(span.from, zone), end: formatIn(span.to, zone) })) },
    ];
  });
  return {
    status: 200,
    body: {
      kind: "calendar#freeBusy",
      timeMin: new Date(from).toISOString(),
      timeMax: new Date(to).toISOString(),
      calendars: Object.fromEntries(calendars),
    },
  };
}

function busySpans(calendar: Calendar, window: Span): Span[] {
  const spans: Span[] = [];
  for (const id of calendar.events.keys()) {
    for (const { event } of singlesOf(calendar, id, { window }).values()) {
      if (id === (event.recurringEventId ?? event.id) && isBusy(calendar, event)) {
        const { from, to } = spanOf(event, calendar.timeZone);
        spans.push({ from: Math.max(from, window.from), to: Math.min(to, window.to) });
      }
    }
  }
  return spans;
}

/** What was declined, is shown as free or says only where someone works takes no time. */
function isBusy(calendar: Calendar, event: GoogleEvent): boolean {
  if (event.transparency === "transparent") return false;
  if (event.eventType === "workingLocation" || event.eventType === "birthday") return false;
  const own = event.attendees?.find(({ email }) => email === calendar.id || email === calendar.owner);
  return own?.responseStatus !== "declined";
}

function mergeSpans(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
}
