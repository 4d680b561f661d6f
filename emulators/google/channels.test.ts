import { expect, test } from "vitest";
import {
  ada,
  calendarScope,
  callerOf,
  clientId,
  meeting,
  playGoogle,
  reasonOf,
  receive,
} from "./test-google";

const week = 604_800_000;
const address = "https://calends.test/api/webhooks/google-calendar";

async function watched(answers?: number[]) {
  const play = await playGoogle();
  const receiver = await receive(answers);
  play.admin.settings({ callbackOrigins: { "https://calends.test": receiver.origin } });
  const watch = (change: object = {}) =>
    play.api(`${play.events.path}/watch`, {
      body: { id: "channel-1", type: "web_hook", address, token: "secret", ...change },
    });
  const create = (day = "2026-03-10") => play.admin.createEvent({ calendarId: ada, event: meeting(day) });
  const states = () => receiver.messages.map(({ headers }) => headers["x-goog-resource-state"]);
  const numbers = () => receiver.messages.map(({ headers }) => Number(headers["x-goog-message-number"]));
  return { ...play, ...receiver, watch, create, states, numbers };
}

test("a watch answers with a channel that ends after seven days at most", async () => {
  const { admin, watch } = await watched();
  const now = Date.parse(admin.now());
  const { status, body } = await watch({ params: { ttl: String(30 * 86_400) } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ kind: "api#channel", id: "channel-1", token: "secret" });
  expect(body.expiration).toBe(String(now + week));
  expect(body.resourceUri).toBe(
    "https://www.googleapis.com/calendar/v3/calendars/ada%40example.com/events?alt=json",
  );
  const short = await watch({ id: "channel-2", params: { ttl: "3600" } });
  expect(short.body.expiration).toBe(String(now + 3_600_000));
  expect(short.body.resourceId).toBe(body.resourceId);
  const dated = await watch({ id: "channel-3", expiration: now + 60_000 });
  expect(dated.body.expiration).toBe(String(now + 60_000));
});

test("the first message is sync, the next exists, with the documented headers and no body", async () => {
  const { admin, watch, create, messages, states, numbers } = await watched();
  const { body } = await watch();
  await admin.settle();
  create();
  create();
  await admin.settle();
  expect(states()).toEqual(["sync", "exists", "exists"]);
  const [first = 0, second = 0, third = 0] = numbers();
  expect(first).toBe(1);
  expect(second).toBeGreaterThan(first);
  expect(third).toBeGreaterThan(second);
  const [, message] = messages;
  expect(message?.body).toBe("");
  expect(message?.headers).toMatchObject({
    "x-goog-channel-id": "channel-1",
    "x-goog-channel-token": "secret",
    "x-goog-resource-id": body.resourceId,
    "x-goog-channel-expiration": new Date(Number(body.expiration)).toUTCString(),
    "content-length": "0",
    "user-agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)",
  });
  expect(message?.rawHeaders).toContain("X-Goog-Channel-ID");
});

test("the sync message may arrive before the answer to the watch", async () => {
  const { admin, watch, states } = await watched();
  admin.settings({ syncMessage: "before" });
  await watch();
  expect(states()).toEqual(["sync"]);
});

test("what a channel must be", async () => {
  const { admin, api, watch } = await watched();
  const refusal = async (change: object) => {
    const answer = await watch(change);
    return [answer.status, reasonOf(answer)];
  };
  expect(await refusal({ id: undefined })).toEqual([400, "required"]);
  expect(await refusal({ id: "x".repeat(65) })).toEqual([400, "invalid"]);
  expect(await refusal({ token: "x".repeat(257) })).toEqual([400, "invalid"]);
  expect(await refusal({ type: "email" })).toEqual([400, "invalid"]);
  expect(await refusal({ address: "http://calends.test/" })).toEqual([400, "push.webhookUrlNotHttps"]);
  expect(await refusal({ expiration: 1 })).toEqual([400, "invalid"]);
  expect((await watch()).status).toBe(200);
  expect(await refusal({})).toEqual([400, "channelIdNotUnique"]);
  const id = "en.german#holiday@group.v.calendar.google.com";
  admin.addCalendar({ id, owner: ada, summary: "Holidays" });
  const holidays = await api(`/calendars/${encodeURIComponent(id)}/events/watch`, {
    body: { id: "channel-2", type: "web_hook", address },
  });
  expect([holidays.status, reasonOf(holidays)]).toEqual([400, "pushNotSupportedForRequestedResource"]);
  expect(holidays.body.error.message).toBe("Push notifications are not supported by this resource.");
});

test("a channel ends by itself after its time", async () => {
  const { admin, watch, create, states } = await watched();
  await watch();
  await admin.advance({ days: 6.9 });
  create();
  await admin.advance({ days: 0.1 });
  create();
  await admin.settle();
  expect(states()).toEqual(["sync", "exists"]);
  expect(admin.channels()).toMatchObject([{ id: "channel-1", isLive: false }]);
});

test("only who opened a channel may stop it, and only once", async () => {
  const { admin, api, url, watch, create, states } = await watched();
  const { resourceId } = (await watch()).body;
  await admin.settle();
  const body = { id: "channel-1", resourceId };
  admin.addUser({ email: "grace@example.com" });
  admin.addClient({ id: "other", secret: "s", redirectUris: [] });
  const strangers = [
    { email: "grace@example.com", clientId },
    { email: ada, clientId: "other" },
  ];
  for (const stranger of strangers) {
    const { accessToken } = admin.issueTokens({ ...stranger, scopes: [calendarScope] });
    expect((await callerOf(url, accessToken)("/channels/stop", { body })).status).toBe(404);
  }
  expect((await api("/channels/stop", { body: { ...body, resourceId: "other" } })).status).toBe(404);
  expect((await api("/channels/stop", { body })).status).toBe(204);
  expect((await api("/channels/stop", { body })).status).toBe(404);
  create();
  await admin.settle();
  expect(states()).toEqual(["sync"]);
});

test("503 is tried again, later and later; 404 is a lost message", async () => {
  const { admin, watch, create, states } = await watched([200, 503, 503, 200, 404, 200]);
  await watch();
  await admin.settle();
  create();
  await admin.settle();
  expect(states()).toHaveLength(2);
  await admin.advance({ milliseconds: 1000 });
  expect(states()).toHaveLength(3);
  await admin.advance({ milliseconds: 1000 });
  expect(states()).toHaveLength(3);
  await admin.advance({ milliseconds: 1000 });
  expect(states()).toHaveLength(4);
  create();
  await admin.advance({ days: 1 });
  expect(admin.deliveries().map(({ status }) => status)).toEqual([200, 503, 503, 200, 404]);
});

test("messages can be dropped, doubled, late, or out of order", async () => {
  const { admin, watch, create, numbers } = await watched();
  await watch();
  await admin.settle();
  const sent = async (count: number) => {
    const before = numbers().length;
    for (let index = 0; index < count; index += 1) create();
    await admin.settle();
    return numbers().slice(before);
  };
  admin.setDelivery({ drop: 1 });
  expect(await sent(2)).toEqual([]);
  expect(admin.deliveries().filter(({ outcome }) => outcome === "dropped")).toHaveLength(2);
  admin.setDelivery({ drop: 0, duplicate: 1 });
  const [one, two] = await sent(1);
  expect(one).toBe(two);
  admin.setDelivery({ duplicate: 0, reorder: 1 });
  const order = await sent(3);
  expect(order).not.toEqual([...order].sort((a, b) => a - b));
  admin.setDelivery({ reorder: 0, delayMs: [60_000, 60_000] });
  expect(await sent(1)).toEqual([]);
  const before = numbers().length;
  await admin.advance({ milliseconds: 60_000 });
  expect(numbers().length).toBe(before + 1);
});

test("held messages leave as told", async () => {
  const { admin, watch, create, numbers } = await watched();
  await watch();
  await admin.settle();
  admin.holdMessages();
  for (let count = 0; count < 4; count += 1) create();
  await admin.settle();
  expect(numbers()).toHaveLength(1);
  const [a, b, c] = admin.pendingMessages().map(({ number }) => number);
  await admin.releaseMessages({ order: "reversed", drop: [3], duplicate: [1] });
  expect(numbers().slice(1)).toEqual([c, b, b, a]);
});

test("a calendar that is removed says not_exists, a changed list tells its own channel", async () => {
  const { admin, api, states, messages } = await watched();
  const { id } = admin.addCalendar({ owner: ada, summary: "Other" });
  const channel = { type: "web_hook", address };
  await api(`/calendars/${encodeURIComponent(id)}/events/watch`, { body: { ...channel, id: "events" } });
  await admin.settle();
  await api("/users/me/calendarList/watch", { body: { ...channel, id: "list" } });
  await admin.settle();
  admin.removeCalendar({ calendarId: id });
  await admin.settle();
  expect(states().sort()).toEqual(["exists", "not_exists", "sync", "sync"]);
  const told = messages.find(({ headers }) => headers["x-goog-resource-state"] === "exists");
  expect(told?.headers["x-goog-channel-id"]).toBe("list");
  expect((await api(`/calendars/${encodeURIComponent(id)}/events`)).status).toBe(404);
});

test("a write through the API is told like any other", async () => {
  const { admin, events, watch, states } = await watched();
  await watch();
  await admin.settle();
  await events.insert(meeting("2026-03-10"));
  await admin.settle();
  expect(states()).toEqual(["sync", "exists"]);
});
