import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeSubscription } from "@/db/factories/subscriptions";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendars } from "@/db/schema";
import { createBinding } from "@/lib/bindings/create";
import { getCaldavConfig } from "@/lib/caldav-config/find";
import { chooseCalendars } from "@/lib/calendars/choose";
import { AppError } from "@/lib/errors";
import { listSyncRuns } from "@/lib/sync/history";
import { pullCalendar } from "@/lib/sync/pull";
import { disconnect } from "./disconnect";
import { listConnectionHealth } from "./health";
import { listConnections } from "./list";
import { listLocked } from "./locked";

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => (error instanceof AppError ? { code: error.code, field: error.field } : error),
  );

/** A host with an account, and a feed whose address no key opens. */
async function makeWorld() {
  const { user, viewer } = await makeHost();
  const account = await makeCalendar(user.id);
  const feed = await makeSubscription(user.id, { calendar: { checksConflicts: true } });
  await database()
    .update(calendarConnections)
    .set({ status: "reconnect", credentials: "sealed with another key" })
    .where(eq(calendarConnections.id, feed.connection.id));
  return { viewer, account, feed };
}

test("a feed is no account, wherever accounts are listed", async () => {
  const { viewer, account } = await makeWorld();
  const connections = await listConnections(viewer);
  expect(connections.map(({ id }) => id)).toEqual([account.connectionId]);
  expect(connections.flatMap(({ calendars }) => calendars.map(({ id }) => id))).toEqual([account.id]);
  expect((await listConnectionHealth(viewer, new Date())).map(({ id }) => id)).toEqual([
    account.connectionId,
  ]);
  expect(await listLocked(viewer)).toEqual([]);
  expect(await failureOf(getCaldavConfig(viewer))).toMatchObject({ code: "not_found" });
});

test("a feed can be neither disconnected nor chosen from, nor can anything be written to it", async () => {
  const { viewer, feed, account } = await makeWorld();
  const { connection, calendar } = feed;
  expect(await failureOf(disconnect(viewer, connection.id))).toMatchObject({ code: "not_found" });
  const choice = { conflictIds: [], destinationId: calendar.id };
  expect(await failureOf(chooseCalendars(viewer, connection.id, choice))).toMatchObject({
    code: "not_found",
  });
  expect(await failureOf(chooseCalendars(viewer, account.connectionId, choice))).toMatchObject({
    ...{ code: "invalid", field: "destinationId" },
  });
  const binding = { calendar_id: calendar.id, scope: "all_visible" };
  expect(await failureOf(createBinding(viewer, binding, new Date()))).toMatchObject({
    ...{ code: "invalid", field: "calendar_id" },
  });
  const [after] = await database().select().from(calendars).where(eq(calendars.id, calendar.id));
  expect(after).toMatchObject({ checksConflicts: true, isDestination: false, isMirrored: false });
});

test("the log of a feed names its server, and never its address", async () => {
  const { viewer, feed } = await makeWorld();
  expect(await failureOf(pullCalendar(feed.calendar.id, new Date()))).toMatchObject({ code: "reconnect" });
  const { runs } = await listSyncRuns(viewer);
  expect(runs).toMatchObject([{ account: "feeds.example.test", calendarName: "Holidays", status: "error" }]);
  expect(JSON.stringify(runs)).not.toContain(".ics");
  expect(JSON.stringify(runs)).not.toContain(feed.connection.account);
});
