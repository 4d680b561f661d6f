import { and, eq, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
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
  const found = await asViewer(viewer, (tx) => select(tx, span));
  if (found.length > mostAtOnce) {
    const sentence = `There are more than ${mostAtOnce.toLocaleString("en")} events. Look at less time at once.`;
    throw new AppError("invalid", sentence, { field: "to" });
  }
  return found
    .map(toOccurrence)
    .filter(({ hidden }) => span.withHidden || !hidden)
    .map((item) => ({
      ...{ item, start: startOf(item.time, timeZone), end: endOf(item.time, timeZone) },
    }))
    .filter(({ item, start, end }) => item.time.kind === "timed" || touches({ start, end }, span))
    .sort((a, b) => a.start - b.start)
    .map(({ item }) => item);
}

function select(tx: Transaction, { from, to }: Span) {
  const { calendarId } = syncedEvents;
  const { isHidden, color } = localChanges;
  const most = mostAtOnce + 1;
  return tx
    .select({
      subscriptionId: calendarSubscriptions.id,
      calendar: { id: calendars.id, color: calendars.color },
      event: eventColumns,
      local: { isHidden, transparency: localChanges.transparency, color },
    })
    .from(sql`list_feed_events(${at(from)}, ${at(to)}, ${most}) synced_events`)
    .innerJoin(calendars, eq(calendars.id, calendarId))
    .innerJoin(calendarSubscriptions, eq(calendarSubscriptions.calendarId, calendars.id))
    .leftJoin(
      localChanges,
      and(eq(localChanges.calendarId, calendarId), eq(localChanges.providerEventId, providerEventId)),
    );
}

/** Drizzle takes no column of a table that is not named itself, and list_feed_events gives rows of one. */
const column = <C extends PgColumn>(of: C) => sql`${of}`.mapWith<C>(of);
const { providerEventId, occurrenceKey, title, status, transparency } = syncedEvents;
const eventColumns = {
  providerEventId: column(providerEventId),
  occurrenceKey: column(occurrenceKey),
  title: column(title),
  status: column(status),
  transparency: column(transparency),
  startsAt: column(timeColumns.startsAt),
  endsAt: column(timeColumns.endsAt),
  startDay: column(timeColumns.startDay),
  endDay: column(timeColumns.endDay),
};

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
