import { describe, expect, it } from "vitest";
import { meetingAt, openGoogleAccount, pullAll, team } from "@/e2e/google-account";
import { AppError } from "@/lib/errors";
import type { EventDraft } from "../provider";

const account = openGoogleAccount();
const calendarId = team;

const pull = (provider = account.provider) => pullAll(provider, calendarId);
const asked = () => account.asked("events.list");
const draft: EventDraft = {
  uid: "0b6d2a@calends",
  sequence: 0,
  title: "Intro call",
  description: null,
  location: null,
  time: {
    kind: "timed",
    startsAt: new Date("2026-06-02T10:00:00Z"),
    endsAt: new Date("2026-06-02T10:30:00Z"),
  },
  timeZone: "Europe/Berlin",
};

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => expect.fail("it went well"),
    (reason: unknown) => reason,
  );
  return error instanceof AppError ? error : expect.fail(String(error));
}

const limits = ["rateLimitExceeded", "userRateLimitExceeded", "tooManyRequests"] as const;

describe("a rate limit", () => {
  it.each(limits)("passes: %s", async (error) => {
    account.admin.addFault({ route: "events.list", effect: { kind: "error", error }, times: 3 });
    expect((await pull()).resets).toEqual([true]);
    expect(asked()).toHaveLength(4);
  });

  it("waits as long as it is told to", async () => {
    const effect = { kind: "error", error: "rateLimitExceeded", retryAfterSeconds: 1 } as const;
    account.admin.addFault({ route: "events.list", effect });
    const before = performance.now();
    await pull();
    expect(performance.now() - before).toBeGreaterThan(950);
  });

  it.each(limits)("that takes long is for the schedule: %s", async (error) => {
    const effect = { kind: "error", error, retryAfterSeconds: 120 } as const;
    account.admin.addFault({ route: "events.list", effect });
    expect(await failure(pull())).toMatchObject({ code: "rate_limited", retryAfterSeconds: 120 });
    expect(asked()).toHaveLength(1);
  });

  it.each(limits)("that does not end is told of: %s", async (error) => {
    account.admin.addFault({ route: "events.list", effect: { kind: "error", error }, times: 100 });
    expect(await failure(pull())).toMatchObject({ code: "rate_limited" });
    expect(asked()).toHaveLength(5);
  });

  it("waits longer each time", async () => {
    account.admin.addFault({
      route: "events.list",
      effect: { kind: "error", error: "rateLimitExceeded" },
      times: 3,
    });
    const before = performance.now();
    await pull(account.open({ retryDelayMs: 40 }));
    expect(performance.now() - before).toBeGreaterThan((40 + 80 + 160) / 2);
  });

  it("also passes for what must not happen twice, since it has not happened", async () => {
    const effect = { kind: "error", error: "userRateLimitExceeded" } as const;
    account.admin.addFault({ route: "events.watch", effect });
    const channel = { id: "c1", secret: "s", address: "https://calends.test/" };
    expect(await account.provider.watch?.(calendarId, channel)).toMatchObject({
      expiresAt: expect.any(Date),
    });
  });

  it("of hours is not waited for", async () => {
    account.admin.addFault({ route: "events.insert", effect: { kind: "error", error: "quotaExceeded" } });
    const error = await failure(account.provider.putEvent(calendarId, draft));
    expect(error).toMatchObject({ code: "rate_limited", retryAfterSeconds: 3600 });
    expect(account.asked("events.insert")).toEqual([403]);
  });
});

describe("an access token", () => {
  it("that has ended is replaced, once", async () => {
    account.admin.expireAccessTokens();
    await pull();
    await pull();
    expect(account.renewals).toHaveLength(1);
    expect(asked()).toEqual([401, 200, 200]);
  });

  it("that is refused again means that access was withdrawn", async () => {
    account.admin.addFault({
      route: "events.list",
      effect: { kind: "error", error: "authError" },
      times: 100,
    });
    expect(await failure(pull())).toMatchObject({ code: "reconnect" });
    expect(asked()).toEqual([401, 401]);
  });

  it("that allows too little means connecting again", async () => {
    const { admin, email, provider } = account;
    admin.narrowScopes({ email, scopes: ["https://www.googleapis.com/auth/calendar.events"] });
    const error = await failure(provider.listCalendars());
    expect(error).toMatchObject({ code: "reconnect", message: expect.stringContaining("all boxes") });
    expect((await pull()).resets).toEqual([true]);
  });

  it("is in no sentence", async () => {
    account.admin.addFault({ route: "events.list", effect: { kind: "reset" }, times: 100 });
    const error = await failure(pull());
    expect(error).toMatchObject({ code: "unavailable" });
    expect(`${error.stack} ${error.cause}`).not.toMatch(/ya29|Bearer/);
  });
});

describe("an account", () => {
  it("has one request under way at a time, however many ask", async () => {
    account.admin.settings({ latencyMs: 30 });
    const before = performance.now();
    await Promise.all([pull(), pull(), account.provider.listCalendars()]);
    expect(performance.now() - before).toBeGreaterThan(85);
  });

  it("never meets Google's quota, and says so itself when it is used up", { timeout: 30_000 }, async () => {
    account.admin.settings({
      quota: { perMinutePerUser: 600, perMinutePerProject: 10_000, status: 403, retryAfterSeconds: null },
    });
    const ask = () => account.provider.unwatch?.({ id: "none", resourceId: "none" });
    const outcomes = await Promise.allSettled(Array.from({ length: 602 }, ask));
    const refused = outcomes.filter(({ status }) => status === "rejected");
    const reason = { code: "rate_limited", retryAfterSeconds: 60 };
    expect(refused).toMatchObject([{ reason }, { reason }]);
    expect(account.asked("channels.stop")).toEqual(Array(600).fill(404));
  });
});

describe("an answer", () => {
  it("that takes too long is given up", async () => {
    account.admin.settings({ latencyMs: 500 });
    const error = await failure(pull(account.open({ timeoutMs: 50 })));
    expect(error).toMatchObject({ code: "unavailable", message: "127.0.0.1 took too long to answer." });
  });

  it("that is too large is not read", async () => {
    const body = JSON.stringify({ items: [{ id: "large", summary: "x".repeat(2_000_000) }] });
    account.admin.addFault({ route: "calendarList.list", effect: { kind: "status", status: 200, body } });
    expect(await failure(account.provider.listCalendars())).toMatchObject({
      code: "invalid",
      message: "127.0.0.1 sent more than 1 MB, more than is read here.",
    });
  });

  it("that leads elsewhere is not followed", async () => {
    account.admin.addFault({ route: "events.list", effect: { kind: "status", status: 302 }, times: 100 });
    expect(await failure(pull())).toMatchObject({ code: "unavailable" });
  });

  it("says what Google does not allow", async () => {
    const { admin, email, provider } = account;
    admin.addUser({ email: "grace@example.com" });
    const { id } = admin.addCalendar({ owner: "grace@example.com", summary: "Grace" });
    admin.share({ calendarId: id, email, role: "reader" });
    expect(await failure(provider.putEvent(id, draft))).toMatchObject({
      code: "forbidden",
      message: "Google does not allow this: You need to have writer access to this calendar.",
    });
  });

  it.each([
    ["rate_limited", 403, "RATE_LIMIT_EXCEEDED"],
    ["reconnect", 403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"],
    ["unavailable", 403, "SERVICE_DISABLED"],
    ["forbidden", 403, "CONSUMER_INVALID"],
    ["rate_limited", 429, undefined],
  ])("is understood in Google's newer form: %s", async (code, status, reason) => {
    const body = JSON.stringify({ error: { code: status, message: "No.", details: [{}, { reason }] } });
    account.admin.addFault({ route: "events.list", effect: { kind: "status", status, body }, times: 10 });
    expect(await failure(pull())).toMatchObject({ code });
  });

  it("says which setting is missing where the API is switched off", async () => {
    const body = JSON.stringify({ error: { errors: [{ reason: "accessNotConfigured" }] } });
    account.admin.addFault({ route: "events.list", effect: { kind: "status", status: 403, body } });
    expect(await failure(pull())).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("not switched on"),
    });
  });
});

describe("a channel", () => {
  const channel = { id: "0123-4567", secret: "s3cret", address: "https://calends.test/api" };

  it("is asked for seven days, and not twice when the answer is lost", async () => {
    account.admin.addFault({ route: "events.watch", effect: { kind: "reset", after: true } });
    expect(await failure(account.provider.watch?.(calendarId, channel) ?? Promise.resolve())).toMatchObject({
      code: "unavailable",
    });
    const [entry] = account.admin.log({ route: "events.watch" });
    expect(account.asked("events.watch")).toHaveLength(1);
    expect(entry?.body).toEqual({
      id: channel.id,
      type: "web_hook",
      address: channel.address,
      token: channel.secret,
      params: { ttl: "604800" },
    });
  });

  it("ends when Google says", async () => {
    const opened = await account.provider.watch?.(calendarId, channel);
    expect(opened?.expiresAt).toEqual(new Date(Date.parse(account.admin.now()) + 604_800_000));
  });

  it("cannot be opened to where Google sends nothing", async () => {
    const address = "http://calends.test/api/webhooks/google-calendar";
    const watch = account.provider.watch?.(calendarId, { ...channel, address }) ?? Promise.resolve();
    expect(await failure(watch)).toMatchObject({
      code: "invalid",
      message: "Google cannot send notifications to http://calends.test.",
    });
  });

  it("is stopped although the answer was lost", async () => {
    const opened = await account.provider.watch?.(calendarId, channel);
    account.admin.addFault({ route: "channels.stop", effect: { kind: "reset", after: true } });
    await account.provider.unwatch?.({ id: channel.id, resourceId: opened?.resourceId ?? "" });
    expect(account.asked("channels.stop")).toEqual([null, 404]);
    expect(account.admin.channels()).toMatchObject([{ isLive: false }]);
  });
});

describe("the calendar itself", () => {
  it("is what is gone when nothing is found", async () => {
    account.admin.createEvent({ calendarId, event: { ...meetingAt("2026-06-01") } });
    account.admin.unshare({ calendarId, email: account.email });
    expect(await failure(pull())).toMatchObject({ code: "not_found" });
    const ref = { id: "none5", etag: null };
    expect(await failure(account.provider.putEvent(calendarId, draft, ref))).toMatchObject({
      code: "not_found",
    });
    await account.provider.deleteEvent(calendarId, ref);
  });
});
