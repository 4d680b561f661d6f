import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendars, mailOutbox } from "@/db/schema";
import { type HostileCaldav, startHostileCaldav } from "@/e2e/hostile-caldav";
import { accidents, type Handler } from "@/e2e/hostile-caldav-quirks";
import { chooseCalendars } from "@/lib/calendars/choose";
import { AppError } from "@/lib/errors";
import { noteConnectionStatus } from "@/lib/notices/connection";
import { pullCalendar } from "@/lib/sync/pull";
import { connectCaldav } from "./connect";
import { disconnect } from "./disconnect";
import { listConnections } from "./list";
import { listLocked } from "./locked";

let server: HostileCaldav;
beforeAll(async () => {
  server = await startHostileCaldav();
});
afterAll(() => server.stop());
beforeEach(() => server.reset());

const typed = (values = {}) => ({
  server: server.url,
  username: server.user,
  password: server.password,
  ...values,
});

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) =>
      error instanceof AppError ? { code: error.code, field: error.field, message: error.message } : error,
  );

async function stored(hostId: string) {
  const connections = await database()
    .select()
    .from(calendarConnections)
    .where(eq(calendarConnections.hostId, hostId));
  const rows = await database().select().from(calendars).where(eq(calendars.hostId, hostId));
  return { connections, calendars: rows };
}

describe("connectCaldav", () => {
  test("finds the account, lists its calendars and keeps the password only sealed", async () => {
    const { user, viewer } = await makeHost();
    server.addCalendar("work");
    server.addCalendar("home");
    const { connectionId } = await connectCaldav(viewer, typed());
    const [connection] = await listConnections(viewer);
    expect(connection).toMatchObject({ id: connectionId, account: "ada", status: "connected" });
    expect(
      connection?.calendars.map(({ checksConflicts, isDestination }) => [checksConflicts, isDestination]),
    ).toEqual([
      [false, false],
      [false, false],
    ]);
    expect(JSON.stringify(await stored(user.id))).not.toContain(server.password);
  });

  test("again for the same account takes the new password and keeps calendars and choices", async () => {
    const { viewer } = await makeHost();
    server.addCalendar("work");
    const first = await connectCaldav(viewer, typed());
    const [before] = await listConnections(viewer);
    const calendarId = before?.calendars[0]?.id ?? "";
    await chooseCalendars(viewer, first.connectionId, {
      conflictIds: [calendarId],
      destinationId: calendarId,
    });
    await database()
      .update(calendarConnections)
      .set({ status: "reconnect" })
      .where(eq(calendarConnections.id, first.connectionId));
    expect(await connectCaldav(viewer, typed())).toEqual(first);
    const [after] = await listConnections(viewer);
    expect(after).toMatchObject({
      status: "connected",
      calendars: [{ id: calendarId, checksConflicts: true, isDestination: true }],
    });
  });

  test("again after a refusal tells the host that the account works again", async () => {
    const { user, viewer } = await makeHost();
    server.addCalendar("work");
    const { connectionId } = await connectCaldav(viewer, typed());
    await noteConnectionStatus(connectionId, "reconnect", "The password was refused.", new Date());
    expect(await listLocked(viewer)).toMatchObject([{ id: connectionId, account: "ada", isBlocking: false }]);
    await connectCaldav(viewer, typed());
    expect(await listLocked(viewer)).toEqual([]);
    const mails = await database()
      .select({ kind: mailOutbox.kind })
      .from(mailOutbox)
      .where(eq(mailOutbox.toEmail, user.email))
      .orderBy(mailOutbox.createdAt);
    expect(mails.map(({ kind }) => kind)).toEqual(["reconnect", "reconnected"]);
  });

  test("stores nothing when the server misbehaves, and says what is wrong", async () => {
    const { user, viewer } = await makeHost();
    server.addCalendar("work");
    const sentenceAfter = async (matching: RegExp, accident: Handler) => {
      const stop = server.answer(matching, accident);
      const failure = await failureOf(connectCaldav(viewer, typed()));
      stop();
      expect(await stored(user.id)).toEqual({ connections: [], calendars: [] });
      return failure?.message;
    };
    expect(await sentenceAfter(/PROPFIND/, accidents.captivePortal)).toBe(
      "127.0.0.1 did not answer the way a CalDAV server does.",
    );
    expect(await sentenceAfter(/PROPFIND/, accidents.garbage)).toBe(
      "127.0.0.1 did not answer the way a CalDAV server does.",
    );
    expect(await sentenceAfter(/PROPFIND \/dav\/ada\//, accidents.unavailable)).toBe(
      "127.0.0.1 cannot answer at the moment (503).",
    );
    expect(await sentenceAfter(/PROPFIND \/dav\/ada\//, accidents.huge)).toBe(
      "127.0.0.1 sent more than 1 MB, more than is read here.",
    );
  });

  test("names the field for a wrong password, an unreachable server and empty input", async () => {
    const { user, viewer } = await makeHost();
    expect(await failureOf(connectCaldav(viewer, typed({ password: "wrong" })))).toMatchObject({
      code: "reconnect",
    });
    const nowhere = typed({ server: "http://127.0.0.1:1/" });
    expect(await failureOf(connectCaldav(viewer, nowhere))).toMatchObject({ code: "unavailable" });
    expect(await failureOf(connectCaldav(viewer, typed({ server: " " })))).toMatchObject({ field: "server" });
    expect(await failureOf(connectCaldav(viewer, typed({ username: "" })))).toMatchObject({
      field: "username",
    });
    expect(await failureOf(connectCaldav(viewer, typed({ password: "" })))).toMatchObject({
      field: "password",
    });
    expect(await stored(user.id)).toEqual({ connections: [], calendars: [] });
  });
});

describe("a connection's calendars", () => {
  test("are chosen by their owner alone, and one receives bookings", async () => {
    const { viewer } = await makeHost();
    const stranger = await makeHost();
    server.addCalendar("work");
    server.addCalendar("home");
    const { connectionId } = await connectCaldav(viewer, typed());
    const [home = "", work = ""] = (await listConnections(viewer))[0]?.calendars.map(({ id }) => id) ?? [];
    const choose = (who: typeof viewer, input: unknown) =>
      failureOf(chooseCalendars(who, connectionId, input));
    expect(await choose(viewer, { conflictIds: [home, work], destinationId: work })).toBeNull();
    expect(await choose(viewer, { conflictIds: [work], destinationId: home })).toBeNull();
    const [connection] = await listConnections(viewer);
    expect(connection?.calendars).toMatchObject([
      { id: home, checksConflicts: false, isDestination: true },
      { id: work, checksConflicts: true, isDestination: false },
    ]);
    expect(await choose(stranger.viewer, { conflictIds: [work], destinationId: null })).toMatchObject({
      code: "not_found",
    });
    expect(await choose(viewer, { conflictIds: [connectionId], destinationId: null })).toMatchObject({
      field: "conflictIds",
    });
    expect(await choose(viewer, { conflictIds: [], destinationId: connectionId })).toMatchObject({
      field: "destinationId",
    });
    await database().update(calendars).set({ isReadOnly: true }).where(eq(calendars.id, work));
    expect(await choose(viewer, { conflictIds: [], destinationId: work })).toMatchObject({
      field: "destinationId",
    });
  });

  test("keep their last good copy when the server later sends garbage, and go with the connection", async () => {
    const { user, viewer } = await makeHost();
    const url = server.addCalendar("work");
    server.save(url, "a.ics", ics("a", "20260701T090000Z", "20260701T100000Z"));
    const { connectionId } = await connectCaldav(viewer, typed());
    const calendarId = (await stored(user.id)).calendars[0]?.id ?? "";
    const now = new Date("2026-06-01T00:00:00Z");
    expect(await pullCalendar(calendarId, now)).toMatchObject({ created: 1 });
    server.save(url, "b.ics", ics("b", "20260702T090000Z", "20260702T100000Z"));
    for (const accident of [
      accidents.captivePortal,
      accidents.garbage,
      accidents.huge,
      accidents.signInRefused,
    ]) {
      const stop = server.answer(/REPORT|PROPFIND/, accident);
      expect(await failureOf(pullCalendar(calendarId, now))).toMatchObject({ message: expect.any(String) });
      expect((await listConnections(viewer))[0]?.calendars[0]).toMatchObject({
        eventCount: 1,
        lastSyncedAt: now,
      });
      stop();
    }
    await pullCalendar(calendarId, now);
    expect((await listConnections(viewer))[0]?.calendars[0]?.eventCount).toBe(2);
    await disconnect(viewer, connectionId);
    expect(await stored(user.id)).toEqual({ connections: [], calendars: [] });
  });
});

function ics(uid: string, start: string, end: string): string {
  const event = [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20260101T000000Z",
    `DTSTART:${start}`,
    `DTEND:${end}`,
    "END:VEVENT",
  ];
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", ...event, "END:VCALENDAR", ""].join("\r\n");
}
