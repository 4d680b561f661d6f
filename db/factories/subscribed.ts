import { asc, eq, sql } from "drizzle-orm";
import { expect } from "vitest";
import { database } from "@/db/client";
import { calendarObjects, calendars, syncedEvents } from "@/db/schema";
import type { HostileFeed } from "@/e2e/hostile-feed";
import { AppError } from "@/lib/errors";
import { getSubscription } from "@/lib/subscriptions/get";
import { pullCalendar } from "@/lib/sync/pull";
import { makeSubscription } from "./subscriptions";
import { makeHost } from "./users";

type Values = Parameters<typeof makeSubscription>[1];

/** A host who subscribed to a feed of a server on loopback, which is read when `refresh` says so. */
export async function makeSubscribed(feed: Pick<HostileFeed, "url">, values: Values = {}) {
  const { user, viewer } = await makeHost();
  const made = await makeSubscription(user.id, { url: feed.url, ...values });
  const { id: calendarId } = made.calendar;
  const copy = () => readCopy(calendarId);
  return {
    ...made,
    viewer,
    copy,
    refresh: (now: Date) => pullCalendar(calendarId, now),
    /** A refresh that must go wrong. */
    failure: (now: Date): Promise<AppError> =>
      pullCalendar(calendarId, now).then(
        () => expect.fail("The refresh should have failed."),
        (error: unknown) => (error instanceof AppError ? error : Promise.reject(error)),
      ),
    /** As its host sees it. */
    shown: () => getSubscription(viewer, made.subscription.id),
    state: async () => {
      const [row] = await database().select().from(calendars).where(eq(calendars.id, calendarId));
      if (!row) throw new Error("The calendar is gone.");
      return row;
    },
    titles: async () => (await copy()).events.map(({ title }) => title),
  };
}

export type Subscribed = Awaited<ReturnType<typeof makeSubscribed>>;

/** Every row of the copy, with the transaction that wrote it: what is written again differs. */
async function readCopy(calendarId: string) {
  const { providerEventId: id, occurrenceKey: key, title, startsAt, startDay } = syncedEvents;
  const events = await database()
    .select({ id, key, title, startsAt, startDay, written: sql<string>`${syncedEvents}.xmin::text` })
    .from(syncedEvents)
    .where(eq(syncedEvents.calendarId, calendarId))
    .orderBy(asc(title), asc(key));
  const objects = await database()
    .select({
      id: calendarObjects.id,
      uid: calendarObjects.uid,
      data: calendarObjects.data,
      written: sql<string>`${calendarObjects}.xmin::text`,
    })
    .from(calendarObjects)
    .where(eq(calendarObjects.calendarId, calendarId))
    .orderBy(asc(calendarObjects.uid));
  return { events, objects };
}
