import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarSubscriptions, calendars, localChanges, syncedEvents } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { endOf, startOf, timeColumns, timeOf } from "./event-time";
import { decisionOf } from "./local-changes";
import { colorOf } from "./row";
import type { FeedOccurrence } from "./view";

type Span = { from: Date; to: Date; withHidden?: boolean | undefined };

/** No page shows more, and no answer is to be larger. */
const mostAtOnce = 10_000;

/**
 * What the viewer's feeds have in the span, with local changes applied; days as those of `timeZone`, by start.
 * @throws AppError invalid naming `to` where that is too much at once
 */
export async function listFeedOccurrences(
  viewer: Viewer,
  span: Span,
  timeZone: string,
): Promise<FeedOccurrence[]> {
  // One after the other: each finds its rows by an index of its own.
  const found = await asViewer(viewer, async (tx) => [
    ...(await select(tx, isDuring(span), span)),
    ...(await select(tx, isAnInstantOf(span), span)),
    ...(await select(tx, hasDaysOf(span), span)),
  ]);
  if (found.length > mostAtOnce) {
    const sentence = `There are more than ${mostAtOnce.toLocaleString("en")} events. Ask for less time at once.`;
    throw new AppError("invalid", sentence, { field: "to" });
  }
  return found
    .map(toOccurrence)
    .map((item) => ({
      ...{ item, start: startOf(item.time, timeZone), end: endOf(item.time, timeZone) },
    }))
    .filter(({ item, start, end }) => item.time.kind === "timed" || touches({ start, end }, span))
    .sort((a, b) => a.start - b.start)
    .map(({ item }) => item);
}

function select(tx: Transaction, touches: SQL, { withHidden }: Span) {
  const { calendarId, providerEventId, occurrenceKey, title, status, transparency } = syncedEvents;
  const { isHidden, color } = localChanges;
  return tx
    .select({
      subscriptionId: calendarSubscriptions.id,
      calendar: { id: calendars.id, color: calendars.color },
      event: { providerEventId, occurrenceKey, title, status, transparency, ...timeColumns },
      local: { isHidden, transparency: localChanges.transparency, color },
    })
    .from(calendarSubscriptions)
    .innerJoin(calendars, eq(calendars.id, calendarSubscriptions.calendarId))
    .innerJoin(syncedEvents, eq(calendarId, calendars.id))
    .leftJoin(
      localChanges,
      and(eq(localChanges.calendarId, calendars.id), eq(localChanges.providerEventId, providerEventId)),
    )
    .where(and(touches, withHidden ? undefined : sql`${isHidden} is not true`))
    .limit(mostAtOnce + 1);
}

// As the indexes synced_events_during and synced_events_days have it.
const isDuring = ({ from, to }: Span) => sql`${syncedEvents.during} && tstzrange(${at(from)}, ${at(to)})`;
/** What takes no time at all is an empty range, which overlaps nothing. */
const isAnInstantOf = ({ from, to }: Span) => sql`(${syncedEvents.during} <@ 'empty'::tstzrange
  and ${syncedEvents.startsAt} >= ${at(from)} and ${syncedEvents.startsAt} < ${at(to)})`;
/** And those next to them: days begin up to a day earlier or later, depending on the zone. */
const hasDaysOf = ({ from, to }: Span) => sql`(${syncedEvents.startDay} is not null
  and daterange(${syncedEvents.startDay}, ${syncedEvents.endDay})
    && daterange((${at(from)} at time zone 'UTC')::date - 1, (${at(to)} at time zone 'UTC')::date + 2))`;

const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;

const touches = ({ start, end }: { start: number; end: number }, { from, to }: Span) =>
  start < to.getTime() && end > from.getTime();

type Found = Awaited<ReturnType<typeof select>>[number];

function toOccurrence({ subscriptionId, calendar, event, local }: Found): FeedOccurrence {
  const localChange = local && decisionOf(local);
  const hidden = localChange?.hidden ?? false;
  const isBusy = localChange?.busy ?? event.transparency === "opaque";
  return {
    ...{ subscriptionId, calendarId: calendar.id },
    ...{ eventId: event.providerEventId, occurrenceKey: event.occurrenceKey },
    ...{ title: event.title, time: timeOf(event), status: event.status },
    busy: isBusy && !hidden && event.status !== "cancelled",
    hidden,
    color: localChange?.color ?? colorOf(calendar),
    localChange,
  };
}
