import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeHost } from "@/db/factories/users";
import { syncAll } from "./sync-all";

const asked = async (calendarIds: string[]) => {
  const rows = await database().execute<{ id: string }>(sql`
    select data::jsonb ->> 'calendarId' as id from inngest_events where name = 'calendar/sync.requested'`);
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
