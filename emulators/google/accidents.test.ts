import { expect, test } from "vitest";
import { documentedQuota } from "./settings";
import { ada, calendarScope, callerOf, clientId, meeting, playGoogle, reasonOf } from "./test-google";

test("600 requests in a minute, then 403 or 429, until the minute has slid on", async () => {
  const { admin, events } = await playGoogle();
  admin.settings({ quota: { ...documentedQuota, perMinutePerUser: 5 } });
  for (let count = 0; count < 5; count += 1) expect((await events.page()).status).toBe(200);
  const full = await events.page();
  expect([full.status, reasonOf(full)]).toEqual([403, "userRateLimitExceeded"]);
  admin.settings({ quota: { ...documentedQuota, perMinutePerUser: 5, status: 429, retryAfterSeconds: 30 } });
  const many = await events.page();
  expect([many.status, reasonOf(many), many.headers.get("retry-after")]).toEqual([
    429,
    "rateLimitExceeded",
    "30",
  ]);
  await admin.advance({ milliseconds: 60_000 });
  expect((await events.page()).status).toBe(200);
  expect(documentedQuota.perMinutePerUser).toBe(600);
});

test("the project has a limit of its own, for all its users together", async () => {
  const { admin, url, events } = await playGoogle();
  admin.addUser({ email: "grace@example.com" });
  const { accessToken } = admin.issueTokens({
    email: "grace@example.com",
    clientId,
    scopes: [calendarScope],
  });
  admin.settings({ quota: { ...documentedQuota, perMinutePerProject: 2 } });
  await events.page();
  await events.page();
  const third = await callerOf(url, accessToken)("/calendars/primary/events");
  expect([third.status, reasonOf(third)]).toEqual([403, "rateLimitExceeded"]);
});

test("a patch costs three", async () => {
  const { admin, events } = await playGoogle();
  const { body } = await events.insert(meeting("2026-03-10"));
  admin.settings({ quota: { ...documentedQuota, perMinutePerUser: 4 } });
  expect((await events.patch(body.id, { summary: "One" })).status).toBe(200);
  expect((await events.patch(body.id, { summary: "Two" })).status).toBe(403);
  expect((await events.page()).status).toBe(200);
});

test("faults answer with Google's bodies, on their route, as often as told", async () => {
  const { admin, api, events } = await playGoogle();
  const effect = { kind: "error", error: "rateLimitExceeded", retryAfterSeconds: 7 } as const;
  admin.addFault({ route: "events.list", effect, times: 2, skip: 1 });
  const statuses = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await events.page()).status);
  expect(statuses).toEqual([200, 403, 403, 200]);
  admin.addFault({ route: "*", effect: { kind: "error", error: "backendError" } });
  const broken = await api("/users/me/calendarList");
  expect(broken.body.error).toEqual({
    errors: [{ domain: "global", reason: "backendError", message: "Backend Error" }],
    code: 500,
    message: "Backend Error",
  });
  admin.addFault({ route: "*", effect: { kind: "status", status: 502, body: "null" } });
  expect((await events.page()).status).toBe(502);
  admin.addFault({ route: "events.list", effect: { kind: "error", error: "fullSyncRequired" }, chance: 1 });
  for (let count = 0; count < 3; count += 1) expect((await events.page()).status).toBe(410);
  admin.clearFaults();
  expect((await events.page()).status).toBe(200);
});

test("an answer can be lost after the work was done", async () => {
  const { admin, events } = await playGoogle();
  admin.addFault({ route: "events.insert", effect: { kind: "reset", after: true } });
  const event = { ...meeting("2026-03-10"), id: "booking1" };
  await expect(events.insert(event)).rejects.toThrow();
  expect((await events.insert(event)).status).toBe(409);
  admin.addFault({ route: "events.insert", effect: { kind: "reset" } });
  await expect(events.insert({ ...event, id: "booking2" })).rejects.toThrow();
  expect((await events.insert({ ...event, id: "booking2" })).status).toBe(200);
});

test("an answer can stop in the middle, or take its time", async () => {
  const { admin, events } = await playGoogle();
  await events.insert(meeting("2026-03-10"));
  admin.addFault({ route: "events.list", effect: { kind: "truncate" } });
  await expect(events.page()).rejects.toThrow();
  admin.addFault({ route: "events.list", effect: { kind: "latency", milliseconds: 60 } });
  const before = performance.now();
  expect((await events.page()).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThan(55);
});

test("every request is in the log, with what became of it", async () => {
  const { admin, events } = await playGoogle();
  admin.addFault({ route: "events.insert", effect: { kind: "error", error: "unavailable" } });
  await events.insert(meeting("2026-03-10"));
  await events.page({ maxResults: "7" });
  expect(admin.log()).toMatchObject([
    { route: "events.insert", method: "POST", status: 503, fault: "error", body: { summary: "Meeting" } },
    { route: "events.list", query: { maxResults: "7" }, status: 200, fault: null, user: ada },
  ]);
  admin.clearLog();
  expect(admin.log()).toEqual([]);
});

test("a snapshot brings back events, tokens and the time", async () => {
  const { admin, events } = await playGoogle();
  const { body } = await events.insert(meeting("2026-03-10"));
  const { token } = await events.list();
  const { id } = admin.snapshot();
  const before = admin.now();
  await events.remove(body.id);
  await admin.advance({ days: 1 });
  admin.restore({ id });
  expect(admin.now()).toBe(before);
  expect((await events.get(body.id)).body.status).toBe("confirmed");
  expect((await events.list({ syncToken: token })).items).toEqual([]);
});

test("the same seed plays the same game", async () => {
  const play = async () => {
    const { events } = await playGoogle();
    return (await events.insert(meeting("2026-03-10"))).body;
  };
  expect(await play()).toEqual(await play());
});

test("the admin can be called over HTTP, by JSON only", async () => {
  const { url, events } = await playGoogle();
  const call = (name: string, body: object, type = "application/json") =>
    fetch(`${url}/_admin/${name}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": type },
    });
  const made = await call("createEvent", { calendarId: ada, event: meeting("2026-03-10") });
  expect((await made.json()).summary).toBe("Meeting");
  expect((await events.list()).items).toHaveLength(1);
  expect((await call("advance", { days: 7 })).status).toBe(200);
  expect(await (await call("now", {})).json()).toBe("2026-03-09T08:00:00.000Z");
  expect((await call("nonsense", {})).status).toBe(404);
  expect((await call("reset", {}, "text/plain")).status).toBe(405);
  expect((await call("createEvent", { calendarId: "none", event: {} })).status).toBe(400);
  expect(await (await fetch(`${url}/_admin`)).json()).toContain("expireSyncTokens");
});
