import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { and, asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { deliverTo, makeGoogleConnection, startOwnGoogle } from "@/db/factories/google";
import { calendarConnections, calendars, inngestEvents, syncChannels, syncLogs } from "@/db/schema";
import type { GoogleServer } from "@/emulators/google/server";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { pullCalendar } from "@/lib/sync/pull";
import { countChannels } from "./health";
import { handleNotification } from "./notification";
import { listUnwatched, tidyChannels } from "./renew";
import { requestNewChannels } from "./request";
import { watchCalendar } from "./watch";

let google: GoogleServer;
let webhook: Awaited<ReturnType<typeof startWebhook>>;

beforeAll(async () => {
  google = await startOwnGoogle({ startsAt: new Date("2026-03-02T08:00:00Z") });
  webhook = await startWebhook();
});
afterAll(async () => {
  webhook.stop();
  await google.stop();
});
beforeEach(() => {
  google.admin.clearFaults();
  google.admin.settings({ syncMessage: "after" });
  google.admin.setDelivery({ drop: 0, duplicate: 0, reorder: 0 });
});

const now = () => new Date(google.admin.now());

/** Our webhook, on Google's time. */
async function startWebhook() {
  const answers: { state: string | null; status: number }[] = [];
  const server = createServer(async (request, response) => {
    const headers = new Headers(request.headers as Record<string, string>);
    const { status } = await handleNotification(headers, now());
    answers.push({ state: headers.get("x-goog-resource-state"), status });
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  deliverTo(google, origin);
  return { answers, origin, stop: () => void server.close() };
}

async function makeWatched(values: Partial<typeof calendars.$inferInsert> = {}) {
  const { hostId } = await makeBookingPage();
  const { calendar, connectionId, email } = await makeGoogleConnection(google, hostId, values);
  return { calendar, connectionId, email, hostId };
}

const rowsOf = (calendarId: string) =>
  database()
    .select()
    .from(syncChannels)
    .where(eq(syncChannels.calendarId, calendarId))
    .orderBy(asc(syncChannels.createdAt));

/** What Google has of this calendar and would still send messages of. */
const liveAt = ({ remoteId }: { remoteId: string }) =>
  google.admin.channels().filter((channel) => channel.calendarId === remoteId && channel.isLive);

async function eventsOf(calendarId: string, name: string): Promise<number> {
  return database().$count(
    inngestEvents,
    and(eq(inngestEvents.name, name), sql`${inngestEvents.data}::jsonb ->> 'calendarId' = ${calendarId}`),
  );
}
const pullsOf = (calendarId: string) => eventsOf(calendarId, "calendar/sync.requested");
const stateOf = async (calendarId: string) =>
  (await database().select().from(calendars).where(eq(calendars.id, calendarId)))[0];

function addEvent(email: string, hour = "10") {
  const at = (time: string) => ({ dateTime: `2026-03-10T${time}:00`, timeZone: "Europe/Berlin" });
  return google.admin.createEvent({
    calendarId: email,
    event: { summary: "Meeting", start: at(`${hour}:00`), end: at(`${hour}:30`) },
  });
}

const headersFor = (channelId: string, more: Record<string, string> = {}) =>
  new Headers({ "x-goog-channel-id": channelId, "x-goog-resource-state": "exists", ...more });

test("a channel is opened once, its secret kept as a hash, and its first word taken", async () => {
  const { calendar } = await makeWatched();
  expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 1, deleted: 0 });
  await google.admin.settle();
  const [row, ...more] = await rowsOf(calendar.id);
  const [channel] = liveAt(calendar);
  expect(more).toEqual([]);
  expect(row).toMatchObject({
    id: channel?.id,
    resourceId: channel?.resourceId,
    expiresAt: new Date(channel?.expiration ?? 0),
    lastNotifiedAt: now(),
    lastMessageNumber: 1,
  });
  expect(channel?.token).toMatch(/^[\w-]{43}$/);
  expect(JSON.stringify(row)).not.toContain(channel?.token);
  expect(channel?.address).toBe("https://calends.test/api/webhooks/google-calendar");
  expect(await pullsOf(calendar.id)).toBe(0);
  expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 0, deleted: 0 });
  expect(liveAt(calendar)).toHaveLength(1);
});

test("the first word may overtake the answer", async () => {
  const { calendar } = await makeWatched();
  google.admin.settings({ syncMessage: "before" });
  await watchCalendar(calendar.id, now());
  const [channel] = liveAt(calendar);
  expect(await rowsOf(calendar.id)).toMatchObject([
    { resourceId: channel?.resourceId, expiresAt: new Date(channel?.expiration ?? 0), lastMessageNumber: 1 },
  ]);
});

describe("a notification", () => {
  test("queues one pull for a burst, repeated and out of order as it may be", async () => {
    const { calendar, email } = await makeWatched();
    await watchCalendar(calendar.id, now());
    await google.admin.settle();
    google.admin.setDelivery({ duplicate: 0.5, reorder: 0.5 });
    for (let count = 0; count < 30; count += 1) addEvent(email);
    await google.admin.settle();
    expect(await pullsOf(calendar.id)).toBe(1);
    const [row] = await rowsOf(calendar.id);
    const numbers = google.admin.deliveries().filter(({ channelId }) => channelId === row?.id);
    expect(numbers.length).toBeGreaterThan(31);
    expect(row?.lastMessageNumber).toBe(Math.max(...numbers.map(({ number }) => number)));
    expect((await stateOf(calendar.id))?.syncRequestedAt).toEqual(now());

    // The pull begins.
    await database().update(calendars).set({ syncRequestedAt: null }).where(eq(calendars.id, calendar.id));
    addEvent(email);
    await google.admin.settle();
    expect(await pullsOf(calendar.id)).toBe(2);
  });

  test("that a pull lost is asked for again after a minute", async () => {
    const { calendar, email } = await makeWatched();
    await watchCalendar(calendar.id, now());
    addEvent(email);
    await google.admin.settle();
    await google.admin.advance({ milliseconds: 59_000 });
    addEvent(email);
    await google.admin.settle();
    expect(await pullsOf(calendar.id)).toBe(1);
    await google.admin.advance({ milliseconds: 1000 });
    addEvent(email);
    await google.admin.settle();
    expect(await pullsOf(calendar.id)).toBe(2);
  });

  test("that is forged, stray or a repetition changes nothing", async () => {
    const { calendar } = await makeWatched();
    await watchCalendar(calendar.id, now());
    await google.admin.settle();
    const before = await rowsOf(calendar.id);
    const [channel] = liveAt(calendar);
    const { id = "", resourceId = "", token = "" } = channel ?? {};
    const right = {
      "x-goog-channel-token": token ?? "",
      "x-goog-resource-id": resourceId,
      "x-goog-message-number": "7",
    };
    const answer = async (headers: Headers) => (await handleNotification(headers, now())).status;
    const without = (name: string) => {
      const headers = headersFor(id, right);
      headers.delete(name);
      return headers;
    };
    expect(await answer(without("x-goog-channel-id"))).toBe(400);
    expect(await answer(without("x-goog-channel-token"))).toBe(401);
    expect(await answer(headersFor(id, { ...right, "x-goog-channel-token": `${token}x` }))).toBe(401);
    expect(await answer(headersFor(id, { ...right, "x-goog-channel-token": "" }))).toBe(401);
    expect(await answer(headersFor(randomUUID(), right))).toBe(200);
    expect(await answer(headersFor("not-one-of-ours", right))).toBe(200);
    expect(await answer(headersFor(id, { ...right, "x-goog-resource-id": "another" }))).toBe(200);
    expect(await answer(without("x-goog-resource-id"))).toBe(400);
    expect(await answer(without("x-goog-message-number"))).toBe(400);
    expect(await answer(headersFor(id, { ...right, "x-goog-message-number": "1" }))).toBe(200);
    expect(await answer(headersFor(id, { ...right, "x-goog-message-number": "-5" }))).toBe(400);
    expect(await rowsOf(calendar.id)).toEqual(before);
    expect(await pullsOf(calendar.id)).toBe(0);

    expect(await answer(headersFor(id, right))).toBe(200);
    expect(await pullsOf(calendar.id)).toBe(1);
  });

  test("that comes many times at once counts once", async () => {
    const { calendar } = await makeWatched();
    await watchCalendar(calendar.id, now());
    const [channel] = liveAt(calendar);
    const { id = "", resourceId = "", token = "" } = channel ?? {};
    const more = { "x-goog-channel-token": token ?? "", "x-goog-resource-id": resourceId };
    const send = (number: number) =>
      handleNotification(headersFor(id, { ...more, "x-goog-message-number": String(number) }), now());
    const numbers = Array.from({ length: 40 }, (_, index) => 2 + (index % 10));
    const answers = await Promise.all(numbers.map(send));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await pullsOf(calendar.id)).toBe(1);
    expect(await rowsOf(calendar.id)).toMatchObject([{ lastMessageNumber: 11 }]);
  });

  test("that the calendar is gone asks for a pull, which finds out", async () => {
    const { hostId } = await makeBookingPage();
    const { addCalendar } = await makeGoogleConnection(google, hostId);
    const calendar = await addCalendar();
    await watchCalendar(calendar.id, now());
    await google.admin.settle();
    google.admin.removeCalendar({ calendarId: calendar.remoteId });
    await google.admin.settle();
    expect(webhook.answers.at(-1)).toEqual({ state: "not_exists", status: 200 });
    expect(await pullsOf(calendar.id)).toBe(1);
  });

  test("of a calendar that was disconnected is one of nobody", async () => {
    const { calendar, connectionId, email } = await makeWatched();
    await watchCalendar(calendar.id, now());
    await google.admin.settle();
    await database().delete(calendarConnections).where(eq(calendarConnections.id, connectionId));
    addEvent(email);
    await google.admin.settle();
    expect(webhook.answers.at(-1)).toEqual({ state: "exists", status: 200 });
    expect(await pullsOf(calendar.id)).toBe(0);
  });
});

describe("a channel that ends", () => {
  test("has a successor two days before, without a gap, and is then stopped", async () => {
    const { calendar, email } = await makeWatched();
    await watchCalendar(calendar.id, now());
    await google.admin.settle();
    const [first] = liveAt(calendar);
    let renewals = 0;
    for (let hour = 0; hour < 24 * 14; hour += 3) {
      await tidyChannels(now());
      if ((await listUnwatched(now())).includes(calendar.id)) {
        const [ending] = liveAt(calendar);
        const left = (ending?.expiration ?? 0) - now().getTime();
        expect(left / 3_600_000).toBeGreaterThan(45);
        expect(left / 3_600_000).toBeLessThan(60);
        expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 1, deleted: 1 });
        await google.admin.settle();
        renewals += 1;
      }
      expect(liveAt(calendar)).toHaveLength(1);
      expect(await rowsOf(calendar.id)).toHaveLength(1);
      await google.admin.advance({ days: 1 / 8 });
    }
    expect(renewals).toBeGreaterThanOrEqual(2);
    expect(liveAt(calendar)[0]?.id).not.toBe(first?.id);
    addEvent(email);
    await google.admin.settle();
    expect(await pullsOf(calendar.id)).toBe(1);
  });

  test("keeps its place while the successor cannot be opened, and speaks until it is stopped", async () => {
    const { calendar, email } = await makeWatched();
    await watchCalendar(calendar.id, now());
    await google.admin.settle();
    await google.admin.advance({ days: 5.2 });
    google.admin.addFault({ route: "events.watch", effect: { kind: "status", status: 503 }, times: 20 });
    await expect(watchCalendar(calendar.id, now())).rejects.toMatchObject({ code: "unavailable" });
    expect(liveAt(calendar)).toHaveLength(1);
    addEvent(email);
    await google.admin.settle();
    expect(await pullsOf(calendar.id)).toBe(1);
    expect(await listUnwatched(now())).not.toContain(calendar.id);
    google.admin.clearFaults();
    await google.admin.advance({ milliseconds: 3_600_000 });
    expect(await listUnwatched(now())).toContain(calendar.id);

    google.admin.addFault({
      route: "channels.stop",
      effect: { kind: "error", error: "quotaExceeded" },
    });
    await expect(watchCalendar(calendar.id, now())).rejects.toBeInstanceOf(AppError);
    expect(liveAt(calendar)).toHaveLength(2);
    google.admin.clearFaults();
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 0, deleted: 1 });
    expect(liveAt(calendar)).toHaveLength(1);
    await google.admin.settle();
    const logs = await database().select().from(syncLogs).where(eq(syncLogs.calendarId, calendar.id));
    expect(logs.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      "watch ok",
      "watch error",
      "watch error",
      "watch ok",
    ]);
  });

  test("within two days of its opening has a successor when half of that is over", async () => {
    const { calendar } = await makeWatched();
    const opened = now();
    await watchCalendar(calendar.id, opened);
    await google.admin.settle();
    const hoursOn = (hours: number) => new Date(opened.getTime() + hours * 3_600_000);
    await database()
      .update(syncChannels)
      .set({ expiresAt: hoursOn(24) })
      .where(eq(syncChannels.calendarId, calendar.id));
    expect(await listUnwatched(hoursOn(11))).not.toContain(calendar.id);
    expect(await watchCalendar(calendar.id, hoursOn(11))).toMatchObject({ created: 0, deleted: 0 });
    expect(await listUnwatched(hoursOn(13))).toContain(calendar.id);
  });

  test("may be gone at Google already", async () => {
    const { calendar } = await makeWatched();
    await watchCalendar(calendar.id, now());
    await google.admin.settle();
    google.admin.expireChannel({ id: liveAt(calendar)[0]?.id ?? "" });
    await google.admin.advance({ days: 5.2 });
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 1, deleted: 1 });
    expect(liveAt(calendar)).toHaveLength(1);
    expect(await rowsOf(calendar.id)).toHaveLength(1);
  });
});

describe("a channel that cannot be relied on", () => {
  const stops = () => google.admin.log().filter(({ route }) => route === "channels.stop");

  test("is replaced when its account was connected again", async () => {
    const { calendar, connectionId } = await makeWatched();
    await watchCalendar(calendar.id, now());
    await google.admin.settle();
    const [first] = liveAt(calendar);
    await database().transaction((tx) => requestNewChannels(tx, connectionId, now()));
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 1, deleted: 1 });
    expect(liveAt(calendar)).toHaveLength(1);
    expect(liveAt(calendar)[0]?.id).not.toBe(first?.id);
  });

  test("is replaced when it did not tell of a change, six hours after it was opened at the soonest", async () => {
    const { calendar, email } = await makeWatched();
    await watchCalendar(calendar.id, now());
    await google.admin.settle();
    await google.admin.advance({ milliseconds: 1000 });
    await pullCalendar(calendar.id, now());
    google.admin.setDelivery({ drop: 1 });
    addEvent(email);
    await google.admin.advance({ milliseconds: 600_000 });
    await pullCalendar(calendar.id, now());
    google.admin.setDelivery({ drop: 0 });
    expect(await rowsOf(calendar.id)).toMatchObject([{ untoldSince: now() }]);
    await google.admin.advance({ milliseconds: 5 * 3_600_000 });
    expect(await listUnwatched(now())).not.toContain(calendar.id);
    await google.admin.advance({ milliseconds: 3_600_000 });
    expect(await listUnwatched(now())).toContain(calendar.id);
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 1, deleted: 1 });
    expect(liveAt(calendar)).toHaveLength(1);
    expect(await listUnwatched(now())).not.toContain(calendar.id);
  });

  test("is followed by another, and not stopped, when it ended while nobody was there", async () => {
    const { calendar } = await makeWatched();
    await watchCalendar(calendar.id, now());
    await google.admin.settle();
    await google.admin.advance({ days: 8 });
    await tidyChannels(now());
    expect(await rowsOf(calendar.id)).toHaveLength(1);
    google.admin.clearLog();
    expect(await listUnwatched(now())).toContain(calendar.id);
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 1, deleted: 1 });
    expect(stops()).toEqual([]);
    expect(await rowsOf(calendar.id)).toHaveLength(1);
  });
});

describe("a watch whose answer is lost", () => {
  test("leaves a channel that its first word completes", async () => {
    const { calendar } = await makeWatched();
    await crashWhileOpening(calendar);
    const [channel] = liveAt(calendar);
    expect(await rowsOf(calendar.id)).toMatchObject([
      { id: channel?.id, resourceId: channel?.resourceId, expiresAt: new Date(channel?.expiration ?? 0) },
    ]);
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 0 });
    expect(liveAt(calendar)).toHaveLength(1);
  });

  test("is given up after ten minutes of silence, and stopped when it speaks after all", async () => {
    const { calendar, email } = await makeWatched();
    deliverTo(google, "http://127.0.0.1:1");
    await crashWhileOpening(calendar);
    await google.admin.advance({ milliseconds: 60_000 });
    deliverTo(google, webhook.origin);
    expect(await rowsOf(calendar.id)).toMatchObject([{ resourceId: null, replacedAt: null }]);
    // One at a time: perhaps it speaks yet.
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 0 });
    await google.admin.advance({ milliseconds: 540_000 });
    await tidyChannels(now());
    expect(await listUnwatched(now())).toContain(calendar.id);
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 1, deleted: 0 });
    await google.admin.settle();
    expect(liveAt(calendar)).toHaveLength(2);

    addEvent(email);
    await google.admin.settle();
    expect(await pullsOf(calendar.id)).toBe(1);
    expect(await eventsOf(calendar.id, "calendar/watch.requested")).toBe(1);
    expect(await listUnwatched(now())).toContain(calendar.id);
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 0, deleted: 1 });
    expect(liveAt(calendar)).toHaveLength(1);
  });

  test("takes its end from an HTTP date alone, and is stopped when nothing says it", async () => {
    const { calendar } = await makeWatched();
    deliverTo(google, "http://127.0.0.1:1");
    await crashWhileOpening(calendar);
    deliverTo(google, webhook.origin);
    const [channel] = liveAt(calendar);
    const headers = headersFor(channel?.id ?? "", {
      "x-goog-channel-token": channel?.token ?? "",
      "x-goog-resource-id": channel?.resourceId ?? "",
      "x-goog-message-number": "4",
      "x-goog-channel-expiration": String(channel?.expiration),
    });
    expect(await handleNotification(headers, now())).toEqual({ status: 200 });
    expect(await rowsOf(calendar.id)).toMatchObject([{ resourceId: channel?.resourceId, expiresAt: null }]);
    await tidyChannels(new Date(now().getTime() + 600_000));
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 1, deleted: 1 });
    expect(liveAt(calendar)).toHaveLength(1);
  });

  test("and a silent one is forgotten when it must have ended", async () => {
    const { calendar } = await makeWatched();
    google.admin.addFault({ route: "events.watch", effect: { kind: "reset" } });
    await expect(watchCalendar(calendar.id, now())).rejects.toMatchObject({ code: "unavailable" });
    expect(await rowsOf(calendar.id)).toHaveLength(1);
    await tidyChannels(new Date(now().getTime() + 7.9 * 86_400_000));
    expect(await rowsOf(calendar.id)).toHaveLength(1);
    await tidyChannels(new Date(now().getTime() + 8 * 86_400_000));
    expect(await rowsOf(calendar.id)).toEqual([]);
  });

  /** The row is written and Google asked, and nobody takes the answer. */
  async function crashWhileOpening(calendar: typeof calendars.$inferSelect) {
    google.admin.addFault({ route: "events.watch", effect: { kind: "reset", after: true } });
    await expect(watchCalendar(calendar.id, now())).rejects.toThrow();
    // What a process that died would not have written.
    await database().delete(syncLogs).where(eq(syncLogs.calendarId, calendar.id));
    await database()
      .update(syncChannels)
      .set({ replacedAt: null })
      .where(eq(syncChannels.calendarId, calendar.id));
    await google.admin.settle();
  }
});

describe("a provider that refuses", () => {
  test("to notify of a calendar at all is not asked again", async () => {
    const { hostId } = await makeBookingPage();
    const { addCalendar, email } = await makeGoogleConnection(google, hostId);
    const calendar = await addCalendar();
    const id = `${randomUUID()}#holiday@group.v.calendar.google.com`;
    google.admin.addCalendar({ id, owner: email, summary: "Holidays" });
    await database().update(calendars).set({ remoteId: id }).where(eq(calendars.id, calendar.id));
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 0 });
    expect(await stateOf(calendar.id)).toMatchObject({
      pushRefusal: expect.stringContaining("notifications"),
    });
    expect(await rowsOf(calendar.id)).toEqual([]);
    google.admin.clearLog();
    await watchCalendar(calendar.id, now());
    expect(await listUnwatched(now())).not.toContain(calendar.id);
    expect(google.admin.log()).toEqual([]);
  });

  test.each(["quotaExceeded", "backendError"] as const)(
    "for the moment (%s) gets asked again",
    async (error) => {
      const { calendar } = await makeWatched();
      google.admin.addFault({ route: "events.watch", effect: { kind: "error", error }, times: 20 });
      await expect(watchCalendar(calendar.id, now())).rejects.toThrow();
      google.admin.clearFaults();
      expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 1 });
      expect(liveAt(calendar)).toHaveLength(1);
      expect((await rowsOf(calendar.id)).filter(({ replacedAt }) => replacedAt === null)).toHaveLength(1);
    },
  );

  test("the account makes it one to reconnect, and nothing is asked until then", async () => {
    const { calendar, connectionId, email } = await makeWatched();
    google.admin.revokeGrant({ email });
    await expect(watchCalendar(calendar.id, now())).rejects.toMatchObject({ code: "reconnect" });
    const [connection] = await database()
      .select()
      .from(calendarConnections)
      .where(eq(calendarConnections.id, connectionId));
    expect(connection?.status).toBe("reconnect");
    expect(await rowsOf(calendar.id)).toEqual([]);
    expect(await listUnwatched(new Date(now().getTime() + 7_200_000))).not.toContain(calendar.id);
  });
});

test("a calendar that is not read any more has its channel stopped", async () => {
  const { calendar } = await makeWatched();
  await watchCalendar(calendar.id, now());
  await google.admin.settle();
  await database().update(calendars).set({ checksConflicts: false }).where(eq(calendars.id, calendar.id));
  expect(await listUnwatched(now())).toContain(calendar.id);
  expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 0, deleted: 1 });
  expect(liveAt(calendar)).toEqual([]);
  expect(await rowsOf(calendar.id)).toEqual([]);
  expect(await listUnwatched(now())).not.toContain(calendar.id);
});

test("one that is disconnected while Google answers leaves nothing behind", async () => {
  const { calendar, connectionId } = await makeWatched();
  google.admin.addFault({ route: "events.watch", effect: { kind: "latency", milliseconds: 300 } });
  const watching = watchCalendar(calendar.id, now());
  await expect.poll(() => rowsOf(calendar.id)).toHaveLength(1);
  await database().delete(calendars).where(eq(calendars.id, calendar.id));
  await watching;
  expect(liveAt(calendar)).toEqual([]);
  expect(connectionId).toBeTruthy();
});

test("where notifications cannot arrive, nothing is asked for", async () => {
  const { calendar } = await makeWatched();
  const { APP_URL, GOOGLE_API_BASE_URL } = env();
  Object.assign(env(), { APP_URL: "http://calends.test", GOOGLE_API_BASE_URL: "https://www.googleapis.com" });
  try {
    expect(await listUnwatched(now())).not.toContain(calendar.id);
    expect(await watchCalendar(calendar.id, now())).toMatchObject({ created: 0 });
  } finally {
    Object.assign(env(), { APP_URL, GOOGLE_API_BASE_URL });
  }
  expect(await listUnwatched(now())).toContain(calendar.id);
});

test("channels are counted by state", async () => {
  const { calendar } = await makeWatched();
  const count = async (state: string) =>
    (await countChannels(now())).states.find((row) => row.state === state)?.n ?? 0;
  const [polled, live] = [await count("polled"), await count("live")];
  await watchCalendar(calendar.id, now());
  await google.admin.settle();
  expect(await count("polled")).toBe(polled - 1);
  expect(await count("live")).toBe(live + 1);
  const { expiring } = await countChannels(now());
  await database()
    .update(syncChannels)
    .set({ expiresAt: new Date(now().getTime() + 3_600_000) })
    .where(eq(syncChannels.calendarId, calendar.id));
  expect((await countChannels(now())).expiring).toBe(expiring + 1);
});
