import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeHost } from "@/db/factories/users";
import { syncLogs } from "@/db/schema";
import { forgetOldSyncRuns } from "./forget";

const now = new Date("2027-01-04T12:00:00Z");

/** So many runs, five minutes apart, the newest that many days ago. */
async function makeRuns(
  { id, hostId }: { id: string; hostId: string },
  count: number,
  { operation = "pull", status = "ok", days = 0 } = {},
) {
  await database().execute(sql`
    insert into sync_logs (host_id, calendar_id, operation, status, duration_ms, started_at)
    select ${hostId}::uuid, ${id}::uuid, ${operation}::sync_operation, ${status}::sync_status, 1,
      ${now.toISOString()}::timestamptz - ${days} * interval '1 day' - n * interval '5 minutes'
    from generate_series(0, ${count - 1}) n`);
}

const countOf = (calendarId: string) => database().$count(syncLogs, eq(syncLogs.calendarId, calendarId));

test("forgets runs after ninety days, and of each calendar all but the newest thousand of a kind", async () => {
  const { user } = await makeHost();
  const busy = await makeCalendar(user.id);
  const calm = await makeCalendar(user.id);
  await makeRuns(busy, 1005);
  await makeRuns(busy, 1002, { status: "error" });
  await makeRuns(busy, 3, { operation: "reconcile", days: 50 });
  await makeRuns(calm, 4, { days: 89 });
  await makeRuns(calm, 2, { days: 90.1, operation: "reconcile" });
  await forgetOldSyncRuns(now);
  expect(await countOf(busy.id)).toBe(2003);
  expect(await countOf(calm.id)).toBe(4);
  await forgetOldSyncRuns(now);
  expect(await countOf(busy.id)).toBe(2003);
});
