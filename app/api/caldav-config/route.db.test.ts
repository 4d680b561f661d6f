import { randomUUID } from "node:crypto";
import { and, eq, isNotNull, like } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { makeBrowser } from "@/db/factories/signed-in";
import { makeHost } from "@/db/factories/users";
import {
  appointments,
  appointmentTargets,
  calendarBindings,
  calendarConnections,
  calendars,
  syncLogs,
} from "@/db/schema";
import { type HostileCaldav, startHostileCaldav } from "@/e2e/hostile-caldav";
import { changeAppointment } from "@/lib/appointments/change";
import { createAppointment } from "@/lib/appointments/create";
import { getAppointment } from "@/lib/appointments/get";
import { connectCaldav } from "@/lib/connections/connect";
import { listConnections } from "@/lib/connections/list";
import { pushCalendar } from "@/lib/mirror/push-calendar";
import { oneConfig } from "@/lib/openapi/caldav";
import { pullCalendar } from "@/lib/sync/pull";
import { reconcileTarget } from "@/lib/sync/reconcile";
import { GET as listBindings } from "../caldav-bindings/route";
import { DELETE, GET, PUT } from "./route";

const browser = vi.hoisted(() => ({ current: {} as ReturnType<typeof makeBrowser> }));
vi.mock("next/headers", () => ({
  cookies: () => browser.current.cookies(),
  headers: () => browser.current.headers(),
}));

let server: HostileCaldav;
beforeAll(async () => {
  server = await startHostileCaldav();
});
afterAll(() => server.stop());
beforeEach(() => {
  server.reset();
  browser.current = makeBrowser();
});

async function signIn() {
  const host = await makeHost();
  await browser.current.signIn(host.user);
  return host;
}

const typed = (values: Record<string, unknown> = {}) => ({
  server_url: server.url,
  username: server.user,
  password: server.password,
  ...values,
});

async function answerOf(response: Response) {
  return { status: response.status, body: response.status === 204 ? null : await response.json() };
}
const requestOf = (method: string, body?: unknown) =>
  new Request("http://calends.test/api/caldav-config", {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const put = async (body: unknown) => answerOf(await PUT(requestOf("PUT", body)));
const read = async () => answerOf(await GET(requestOf("GET")));
const remove = async () => answerOf(await DELETE(requestOf("DELETE")));
const bindings = async () => (await answerOf(await listBindings(requestOf("GET")))).body.bindings;

test("the first configuration lists the calendars and binds one to all that is visible", async () => {
  const { user } = await signIn();
  const home = server.addCalendar("home");
  server.addCalendar("work");
  expect(await read()).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  const made = await put(typed());
  expect(made).toMatchObject({
    status: 201,
    body: {
      server_url: server.url,
      username: server.user,
      status: "connected",
      last_error: null,
      calendars: [{ url: home, is_read_only: false }, {}],
    },
  });
  expect(await read()).toEqual({ status: 200, body: made.body });
  expect(oneConfig.parse(made.body)).toEqual(made.body);
  expect(JSON.stringify(made.body)).not.toContain(server.password);
  expect(await bindings()).toMatchObject([
    { scope: "all_visible", scope_id: null, enabled: true, calendar_id: made.body.calendars[0].id },
  ]);
  const [calendar] = await database()
    .select()
    .from(calendars)
    .where(eq(calendars.id, made.body.calendars[0].id));
  expect(calendar).toMatchObject({ hostId: user.id, isMirrored: true });
});

test("the first binding goes where it is said to", async () => {
  await signIn();
  server.addCalendar("home");
  const work = server.addCalendar("work");
  const refused = (message: string) => ({ status: 400, body: { error: { field: "calendar_url", message } } });
  expect(await put(typed({ calendar_url: `${server.url}nowhere/` }))).toMatchObject(
    refused("This account has no calendar at that address."),
  );
  expect(await read()).toMatchObject({ status: 404 });
  const { body } = await put(typed({ calendar_url: work.slice(0, -1) }));
  const chosen = body.calendars.find(({ url }: { url: string }) => url === work);
  expect(await bindings()).toMatchObject([{ calendar_id: chosen.id }]);
});

test("the same account again takes the new password and binds nothing more; another one is refused", async () => {
  const { user } = await signIn();
  server.addCalendar("work");
  const first = await put(typed());
  await database().delete(calendarBindings).where(eq(calendarBindings.hostId, user.id));
  await database()
    .update(calendarConnections)
    .set({ status: "reconnect", lastError: "No." })
    .where(eq(calendarConnections.hostId, user.id));
  expect(await put(typed())).toEqual({ status: 200, body: first.body });
  expect(await put(typed({ password: undefined }))).toEqual({ status: 200, body: first.body });
  expect(await bindings()).toEqual([]);
  const other = await startHostileCaldav();
  try {
    other.addCalendar("elsewhere");
    const account = { server_url: other.url, username: other.user, password: other.password };
    expect(await put(account)).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
    // The password that is stored is not shown to a server it was not typed for.
    expect(await put({ ...account, username: server.user, password: undefined })).toMatchObject({
      status: 400,
      body: { error: { field: "password" } },
    });
    expect(other.asked.filter(({ headers }) => headers.authorization?.includes(server.password))).toEqual([]);
  } finally {
    await other.stop();
  }
  expect((await read()).body.server_url).toBe(server.url);
});

test.each([
  ["no server", { server_url: undefined }, "server_url"],
  ["an empty server", { server_url: " " }, "server_url"],
  ["a server that is a number", { server_url: 5 }, "server_url"],
  ["a server that is none", { server_url: "not an address" }, "server_url"],
  ["no user", { username: undefined }, "username"],
  ["a user that is a list", { username: [] }, "username"],
  ["no password", { password: undefined }, "password"],
  ["an empty password", { password: "" }, "password"],
  ["a password that is null", { password: null }, "password"],
  ["a wrong password", { password: "wrong" }, "password"],
  ["a calendar that is a number", { calendar_url: 5 }, "calendar_url"],
])("%s is refused, naming the field, and nothing is stored", async (_, values, field) => {
  const { viewer } = await signIn();
  server.addCalendar("work");
  expect(await put(typed(values))).toEqual({
    status: 400,
    body: { error: { code: "invalid", message: expect.any(String), field } },
  });
  expect(await listConnections(viewer)).toEqual([]);
});

test("a server that does not answer is named, too", async () => {
  await signIn();
  expect(await put(typed({ server_url: "http://127.0.0.1:1/" }))).toMatchObject({
    status: 503,
    body: { error: { code: "unavailable", field: "server_url" } },
  });
});

test("disconnecting takes the bindings and their copies along but not their log, and says when there was nothing", async () => {
  const { user } = await signIn();
  server.addCalendar("work");
  const { body } = await put(typed());
  const [{ id: calendarId }] = body.calendars;
  const [{ id: bindingId }] = await bindings();
  await addCopies(user.id, { calendarId, bindingId });
  expect(await remove()).toEqual({ status: 204, body: null });
  expect(await bindings()).toEqual([]);
  const logged = await database().select().from(syncLogs).where(eq(syncLogs.hostId, user.id));
  expect(logged).toMatchObject([{ calendarId: null, bindingId: null, operation: "push" }]);
  expect(await read()).toMatchObject({ status: 404 });
  expect(await remove()).toMatchObject({ status: 404 });
});

test("an account that is connected again takes the copies that were left there for its own", async () => {
  const { viewer } = await signIn();
  const home = server.addCalendar("home");
  const day = { kind: "allDay", startDay: "2027-03-01", endDay: "2027-03-02" };
  const make = (title: string) =>
    createAppointment(viewer, { title, time: day, timeZone: "Europe/Berlin" }, new Date());
  await make("Stays");
  const moved = await make("Moves");
  const connect = async () => {
    const { body } = await put(typed());
    const [{ id }] = body.calendars;
    await pullCalendar(id, new Date());
    await pushCalendar(id, new Date());
    const diverged = and(eq(appointmentTargets.calendarId, id), isNotNull(appointmentTargets.divergedAt));
    for (const target of await database().select().from(appointmentTargets).where(diverged))
      await reconcileTarget(target.id, new Date());
  };
  await connect();
  const before = [...server.calendar(home).objects.keys()];
  expect(before).toHaveLength(2);
  expect(await remove()).toMatchObject({ status: 204 });
  const time = { ...day, startDay: "2027-02-27" };
  await changeAppointment(viewer, moved.id, { revision: 1, time }, new Date());
  await connect();
  expect([...server.calendar(home).objects.keys()]).toEqual(before);
  const texts = [...server.calendar(home).objects.values()].map(({ text }) => text).join();
  expect(texts).toContain("20270227");
  expect((await getAppointment(viewer, moved.id)).time).toEqual(time);
  expect(await bindings()).toMatchObject([{ targets: { in_calendar: 2, pending: 0, failing: 0 } }]);
});

/** Of three appointments: one that lies there, one under way, and one that was deleted here and not there yet. */
async function addCopies(ownerId: string, place: { calendarId: string; bindingId: string }) {
  const [startsAt, endsAt] = [new Date("2027-03-01T09:00:00Z"), new Date("2027-03-01T10:00:00Z")];
  for (const uid of ["there", "under-way", "gone"].map((word) => `${word}-${randomUUID()}`))
    await database()
      .insert(appointments)
      .values({ ownerId, uid, title: "Talk", startsAt, endsAt, timeZone: "UTC" });
  const copies = eq(appointmentTargets.calendarId, place.calendarId);
  await database()
    .update(appointmentTargets)
    .set({ remoteId: "x", pushedHash: "x", pushDueAt: null })
    .where(copies);
  await database()
    .delete(appointments)
    .where(and(eq(appointments.ownerId, ownerId), like(appointments.uid, "gone%")));
  const run = { operation: "push", status: "ok", durationMs: 5, startedAt: startsAt } as const;
  const [calendar] = await database().select().from(calendars).where(eq(calendars.id, place.calendarId));
  const of = { hostId: ownerId, connectionId: calendar?.connectionId, ...place };
  await database()
    .insert(syncLogs)
    .values({ ...of, ...run });
}

test("everybody has their own, and nobody who is signed out", async () => {
  await signIn();
  server.addCalendar("work");
  await put(typed());
  await signIn();
  expect(await read()).toMatchObject({ status: 404 });
  expect(await remove()).toMatchObject({ status: 404 });
  browser.current.signOut();
  for (const answer of [await read(), await put(typed()), await remove()])
    expect(answer).toMatchObject({ status: 401, body: { error: { code: "signed_out" } } });
});

test("connected on the page, the first account is bound as well; a second one is not", async () => {
  const { viewer } = await signIn();
  server.addCalendar("work");
  await connectCaldav(viewer, { server: server.url, username: server.user, password: server.password });
  expect(await bindings()).toMatchObject([{ scope: "all_visible" }]);
  const other = await startHostileCaldav();
  try {
    other.addCalendar("more");
    await connectCaldav(viewer, { server: other.url, username: other.user, password: other.password });
    expect(await bindings()).toHaveLength(1);
  } finally {
    await other.stop();
  }
});

test("the worst error of its bindings shows on it", async () => {
  const { viewer } = await signIn();
  server.addCalendar("home");
  server.addCalendar("work");
  const { body } = await put(typed());
  const [home, work] = body.calendars;
  const hostId = viewer.userId;
  const failing = (calendarId: string, errorCount: number, values = {}) => ({
    ...{ hostId, calendarId, scope: "personal_only" as const },
    ...{ errorCount, lastError: `Failed ${errorCount} times.`, ...values },
  });
  await database()
    .insert(calendarBindings)
    .values([failing(home.id, 2), failing(work.id, 5)]);
  expect((await read()).body.last_error).toBe("Failed 5 times.");
  await database()
    .update(calendarBindings)
    .set({ isEnabled: false })
    .where(eq(calendarBindings.calendarId, work.id));
  expect((await read()).body.last_error).toBe("Failed 2 times.");
});
