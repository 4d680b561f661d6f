import { inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeSubscription } from "@/db/factories/subscriptions";
import { makeHost } from "@/db/factories/users";
import { calendars } from "@/db/schema";
import { syncAll } from "./sync-all";

const asked = async (calendarIds: string[], name = "calendar/sync.requested") => {
  const rows = await database().execute<{ id: string }>(sql`
    select data::jsonb ->> 'calendarId' as id from inngest_events where name = ${name}`);
  return rows.map(({ id }) => id).filter((id) => calendarIds.includes(id));
};

test("asks for a pull of each calendar of the viewer's that is read, once", async () => {
  const { user, viewer } = await makeHost();
  const strangers = await makeHost();
  const blocking = await makeCalendar(user.id);
  const receiving = await makeCalendar(user.id, { checksConflicts: false, isDestination: true });
  const unused = await makeCalendar(user.id, { checksConflicts: false });
  const strange = await makeCalendar(strangers.user.id);
  const now = new Date();
  await syncAll(viewer, now);
  await syncAll(viewer, now);
  const ids = await asked([blocking.id, receiving.id, unused.id, strange.id]);
  expect(ids.toSorted()).toEqual([blocking.id, receiving.id].toSorted());
});

test("asks for its feeds, too, forgets their failures, and leaves alone what was given up", async () => {
  const { user, viewer } = await makeHost();
  const failing = { errorCount: 4, lastError: "Away.", failingSince: new Date(0) };
  const working = await makeSubscription(user.id);
  const broken = await makeSubscription(user.id, { calendar: failing });
  const givenUp = await makeSubscription(user.id, { calendar: { ...failing, isEnabled: false } });
  await syncAll(viewer, new Date());
  const ids = [working, broken, givenUp].map(({ calendar }) => calendar.id);
  expect((await asked(ids, "subscription/refresh.requested")).toSorted()).toEqual(ids.slice(0, 2).toSorted());
  const rows = await database().select().from(calendars).where(inArray(calendars.id, ids));
  const countOf = (id: string | undefined) => rows.find((row) => row.id === id)?.errorCount;
  expect(ids.map(countOf)).toEqual([0, 0, 4]);
});
