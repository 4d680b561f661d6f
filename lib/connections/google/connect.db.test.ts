import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeGoogleConnection, startOwnGoogle } from "@/db/factories/google";
import { connectGoogle, walkToGoogle } from "@/db/factories/google-consent";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendars } from "@/db/schema";
import type { GoogleServer } from "@/emulators/google/server";
import { chooseCalendars } from "@/lib/calendars/choose";
import { listConnections } from "@/lib/connections/list";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { findAttempt } from "./attempt";
import { openTokens } from "./credentials";
import { finishGoogle } from "./finish";
import { googleSetup } from "./setup";
import { startGoogle } from "./start";

const prefix = "https://www.googleapis.com/auth/";
let google: GoogleServer;
beforeAll(async () => {
  google = await startOwnGoogle();
});
afterAll(() => google.stop());
beforeEach(() => google.admin.clearFaults());

/** An account nobody here knows yet. */
function addAccount() {
  const email = `${randomUUID().slice(0, 8)}@example.com`;
  return google.admin.addUser({ email });
}
const allow = (user: string, scopes?: string[]) => ({
  consent: { user, decision: "allow" as const, ...(scopes ? { scopes } : {}) },
});

async function stored(hostId: string) {
  const connections = await database()
    .select()
    .from(calendarConnections)
    .where(eq(calendarConnections.hostId, hostId));
  return {
    connections,
    calendars: await database().select().from(calendars).where(eq(calendars.hostId, hostId)),
  };
}

/** Codes and sentences are what a host gets to see. */
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => (error instanceof AppError ? { code: error.code, message: error.message } : error),
  );

/** How often access was taken back at Google. */
const revocations = () =>
  google.admin.log({ route: "oauth.revoke" }).filter(({ status }) => status === 200).length;

async function countPulls(calendarId: string): Promise<number> {
  const [row] = await database().execute<{ n: number }>(sql`select count(*)::int as n from inngest_events
    where name = 'calendar/sync.requested' and data::json ->> 'calendarId' = ${calendarId}`);
  return row?.n ?? 0;
}

test("where no client is set, administrators learn what to register, and nobody is sent to Google", async () => {
  const [admin, host] = [await makeHost({ role: "admin" }), await makeHost()];
  const before = { ...env() };
  try {
    expect(googleSetup(host.viewer)).toEqual({ isReady: true });
    env().GOOGLE_CLIENT_ID = undefined;
    expect(googleSetup(host.viewer)).toEqual({ isReady: false, redirectUri: null });
    expect(googleSetup(admin.viewer)).toEqual({
      isReady: false,
      redirectUri: "https://calends.test/api/connect/google/callback",
    });
    expect(await failureOf(startGoogle(admin.viewer, null))).toEqual({
      code: "unavailable",
      message: "Google is not set up on this installation. Ask your administrator.",
    });
  } finally {
    Object.assign(env(), before);
  }
});

describe("connecting", () => {
  test("asks for as little as suffices, bound to this attempt", async () => {
    const { viewer } = await makeHost();
    const { url } = await walkToGoogle(google, viewer, allow(addAccount().email));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      redirect_uri: "https://calends.test/api/connect/google/callback",
      scope: `openid email ${prefix}calendar.events ${prefix}calendar.calendarlist.readonly`,
      access_type: "offline",
      prompt: "select_account consent",
      include_granted_scopes: "true",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(url.searchParams.has("login_hint")).toBe(false);
  });

  test("keeps the account, its calendars and its tokens, the latter only sealed", async () => {
    const { user, viewer } = await makeHost();
    const account = addAccount();
    google.admin.addCalendar({ owner: account.email, summary: "Team" });
    const id = await connectGoogle(google, viewer, allow(account.email));
    const { connections, calendars } = await stored(user.id);
    expect(connections).toMatchObject([
      { id, provider: "google", account: account.email, subject: account.sub, serverUrl: google.url },
    ]);
    expect(
      calendars.map(({ name, isPrimary, checksConflicts }) => [name, isPrimary, checksConflicts]),
    ).toEqual(
      expect.arrayContaining([
        [account.email, true, false],
        ["Team", false, false],
      ]),
    );
    const { refreshToken, accessToken, scopes } = openTokens(id, connections[0]?.credentials ?? "");
    expect(scopes).toContain(`${prefix}calendar.events`);
    const plain = JSON.stringify(connections);
    expect(plain).not.toContain(refreshToken);
    expect(plain).not.toContain(accessToken);
  });

  test("a second account is a second connection", async () => {
    const { viewer } = await makeHost();
    const [first, second] = [addAccount().email, addAccount().email];
    await connectGoogle(google, viewer, allow(first));
    await connectGoogle(google, viewer, allow(second));
    expect((await listConnections(viewer)).map(({ account }) => account)).toEqual([first, second]);
  });

  test("the same account again keeps calendars and choices, takes the new tokens, and is read at once", async () => {
    const { user, viewer } = await makeHost();
    const { email } = addAccount();
    const removed = google.admin.addCalendar({ owner: email, summary: "Old project" });
    const id = await connectGoogle(google, viewer, allow(email));
    const before = await stored(user.id);
    const chosen = before.calendars.find(({ isPrimary }) => isPrimary)?.id ?? "";
    await chooseCalendars(viewer, id, { conflictIds: [chosen], destinationId: chosen });
    await database().update(calendars).set({ syncRequestedAt: null }).where(eq(calendars.id, chosen));
    await database()
      .update(calendarConnections)
      .set({ status: "reconnect", lastError: "Withdrawn." })
      .where(eq(calendarConnections.id, id));
    google.admin.removeCalendar({ calendarId: removed.id });
    const pulls = await countPulls(chosen);
    expect(await connectGoogle(google, viewer, { ...allow(email), reconnectId: id })).toBe(id);
    const after = await stored(user.id);
    expect(after.connections).toMatchObject([{ id, status: "connected", lastError: null }]);
    expect(after.connections[0]?.credentials).not.toBe(before.connections[0]?.credentials);
    expect(after.calendars.map((row) => row.id).sort()).toEqual(before.calendars.map((row) => row.id).sort());
    expect(after.calendars.find((row) => row.id === chosen)).toMatchObject({
      checksConflicts: true,
      isDestination: true,
    });
    expect(await countPulls(chosen)).toBe(pulls + 1);
  });

  test("an account whose address changed at Google is still the same", async () => {
    const { user, viewer } = await makeHost();
    const { connectionId, email } = await makeGoogleConnection(google, user.id);
    await database()
      .update(calendarConnections)
      .set({ account: "former@example.com" })
      .where(eq(calendarConnections.id, connectionId));
    expect(await connectGoogle(google, viewer, allow(email))).toBe(connectionId);
    expect(await listConnections(viewer)).toMatchObject([{ id: connectionId, account: email }]);
  });

  test("two hosts may connect the same account", async () => {
    const [ada, grace] = [await makeHost(), await makeHost()];
    const { email } = addAccount();
    const first = await connectGoogle(google, ada.viewer, allow(email));
    const second = await connectGoogle(google, grace.viewer, allow(email));
    expect(second).not.toBe(first);
    expect(await listConnections(grace.viewer)).toMatchObject([{ id: second }]);
  });

  test("an account whose calendars are long in coming keeps no other waiting", async () => {
    const [ada, grace] = [await makeHost(), await makeHost()];
    const [first, second] = [addAccount().email, addAccount().email];
    google.admin.clearLog();
    google.admin.addFault({ route: "calendarList.list", effect: { kind: "latency", milliseconds: 2000 } });
    const done: string[] = [];
    const slow = connectGoogle(google, ada.viewer, allow(first)).then(() => done.push("slow"));
    await expect.poll(() => google.admin.log({ route: "oauth.token" }).length).toBe(1);
    await connectGoogle(google, grace.viewer, allow(second)).then(() => done.push("quick"));
    await slow;
    expect(done).toEqual(["quick", "slow"]);
  });

  test("connecting twice at the same moment is one connection", async () => {
    const { user, viewer } = await makeHost();
    const { email } = addAccount();
    const ids = await Promise.all([1, 2, 3].map(() => connectGoogle(google, viewer, allow(email))));
    expect(new Set(ids).size).toBe(1);
    expect((await stored(user.id)).connections).toHaveLength(1);
  });
});

describe("reconnecting", () => {
  test("proposes the account that is meant, and says so when another is chosen", async () => {
    const { user, viewer } = await makeHost();
    const { connectionId, email } = await makeGoogleConnection(google, user.id);
    const before = await stored(user.id);
    const other = addAccount().email;
    const revoked = revocations();
    const { url } = await walkToGoogle(google, viewer, { ...allow(email), reconnectId: connectionId });
    expect(url.searchParams.get("login_hint")).toBe(email);
    expect(url.searchParams.get("prompt")).toBe("consent");
    expect(
      await failureOf(connectGoogle(google, viewer, { ...allow(other), reconnectId: connectionId })),
    ).toEqual({
      code: "conflict",
      message: `You chose ${other} at Google, but it is ${email} that wants reconnecting. Choose that one.`,
    });
    expect(await stored(user.id)).toEqual(before);
    expect(revocations()).toBe(revoked + 1);
  });

  test("is nobody else's to do", async () => {
    const { connectionId } = await makeGoogleConnection(google, (await makeHost()).user.id);
    const stranger = await makeHost();
    for (const id of [connectionId, randomUUID(), "nonsense", ""])
      expect(await failureOf(startGoogle(stranger.viewer, id))).toMatchObject({ code: "not_found" });
  });
});

describe("what comes to nothing stores nothing, and says why", () => {
  const attempted = async (consent: Parameters<typeof connectGoogle>[2]) => {
    const { user, viewer } = await makeHost();
    const failure = await failureOf(connectGoogle(google, viewer, consent));
    expect(await stored(user.id)).toEqual({ connections: [], calendars: [] });
    return failure;
  };

  test("a person who does not allow it", async () => {
    expect(await attempted({ consent: { user: addAccount().email, decision: "deny" } })).toEqual({
      code: "forbidden",
      message: "You did not allow access at Google, so nothing was connected.",
    });
  });

  test.each([
    [["calendar.events"], "“See the list of Google calendars you’re subscribed to” was not ticked"],
    [["calendar.calendarlist.readonly"], "“View and edit events on all your calendars” was not ticked"],
    [[], "” were not ticked"],
  ])("a person who ticks only %j", async (ticked, sentence) => {
    const { email } = addAccount();
    const revoked = revocations();
    const failure = await attempted(
      allow(
        email,
        ticked.map((name) => prefix + name),
      ),
    );
    expect(failure).toMatchObject({ code: "forbidden", message: expect.stringContaining(sentence) });
    expect(failure.message).toContain("tick every box");
    expect(revocations()).toBe(revoked + 1);
  });

  test("a grant that is too small stays while another connection works with the account", async () => {
    const { user } = await makeHost();
    const { email } = await makeGoogleConnection(google, user.id);
    google.admin.narrowScopes({ email, scopes: ["openid"] });
    const revoked = revocations();
    expect(await attempted(allow(email, []))).toMatchObject({ code: "forbidden" });
    expect(revocations()).toBe(revoked);
  });

  test("a consent that brings no lasting access", async () => {
    const { email } = addAccount();
    const { viewer, user } = await makeHost();
    const { cookie, url } = await walkToGoogle(google, viewer, allow(email));
    url.searchParams.set("access_type", "online");
    const page = await fetch(url, { redirect: "manual" });
    const answer = new URL(page.headers.get("location") ?? "").searchParams;
    const attempt = findAttempt(cookie, new Date());
    expect(await failureOf(finishGoogle(viewer, { attempt, answer }, new Date()))).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("for an hour only"),
    });
    expect((await stored(user.id)).connections).toEqual([]);
  });

  test("an answer that is too old, forged, another's, or used before", async () => {
    const { viewer } = await makeHost();
    const { email } = addAccount();
    const { cookie, answer } = await walkToGoogle(google, viewer, allow(email));
    const now = new Date();
    const later = new Date(now.getTime() + 11 * 60_000);
    const finish = (attempt: ReturnType<typeof findAttempt>, given = answer, who = viewer) =>
      failureOf(finishGoogle(who, { attempt, answer: given }, now));
    const tokenRequests = () => google.admin.log({ route: "oauth.token" }).length;
    const asked = tokenRequests();
    expect(await finish(findAttempt(cookie, later))).toMatchObject({
      message: expect.stringContaining("took longer than ten minutes"),
    });
    expect(await finish(findAttempt(undefined, now))).toMatchObject({ code: "invalid" });
    expect(await finish(findAttempt(`${cookie.slice(0, -8)}AAAAAAA=`, now))).toMatchObject({
      code: "invalid",
    });
    const attempt = findAttempt(cookie, now);
    expect(await finish(attempt, answer, (await makeHost()).viewer)).toMatchObject({
      message: expect.stringContaining("Somebody else was signed in"),
    });
    const forged = new URLSearchParams({ ...Object.fromEntries(answer), state: "forged" });
    expect(await finish(attempt, forged)).toMatchObject({
      message: expect.stringContaining("does not belong to your last attempt"),
    });
    expect(tokenRequests()).toBe(asked);
    expect(await finish(attempt)).toBeNull();
    expect(await finish(attempt)).toMatchObject({
      message: "This answer of Google's was used already, or is too old. Start again.",
    });
  });

  test("a code that was asked for by another browser", async () => {
    const { viewer } = await makeHost();
    const walk = () => walkToGoogle(google, viewer, allow(addAccount().email));
    const [mine, stolen] = [await walk(), await walk()];
    const answer = new URLSearchParams({
      code: stolen.answer.get("code") ?? "",
      state: mine.answer.get("state") ?? "",
    });
    const attempt = findAttempt(mine.cookie, new Date());
    expect(await failureOf(finishGoogle(viewer, { attempt, answer }, new Date()))).toMatchObject({
      code: "invalid",
    });
  });

  test.each([
    ["oauth.token", { kind: "status", status: 503 }, "cannot answer at the moment (503)"],
    ["oauth.token", { kind: "status", status: 500 }, "could not be understood"],
    ["oauth.token", { kind: "reset" }, "The connection to 127.0.0.1 failed"],
    ["oauth.token", { kind: "truncate" }, "The connection to 127.0.0.1 failed"],
  ] as const)("a Google that is away: %s, %j", async (route, effect, sentence) => {
    google.admin.addFault({ route, effect, times: 9 });
    expect(await attempted(allow(addAccount().email))).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining(sentence),
    });
  });

  test("a Google that grants access and then cannot list the calendars; the grant is given back", async () => {
    const { email } = addAccount();
    const revoked = revocations();
    google.admin.addFault({
      route: "calendarList.list",
      effect: { kind: "error", error: "notFound" },
      times: 9,
    });
    expect(await attempted(allow(email))).toMatchObject({ message: expect.any(String) });
    expect(revocations()).toBe(revoked + 1);
  });

  test("a Google that cannot be found at first is asked again", async () => {
    const { viewer } = await makeHost();
    const before = { ...env() };
    const another = await startOwnGoogle();
    try {
      another.admin.addFault({ route: "oauth.discovery", effect: { kind: "status", status: 503 }, times: 3 });
      expect(await failureOf(startGoogle(viewer, null))).toMatchObject({ code: "unavailable" });
      expect(await failureOf(startGoogle(viewer, null))).toBeNull();
      await startGoogle(viewer, null);
      expect(another.admin.log({ route: "oauth.discovery" })).toHaveLength(4);
    } finally {
      Object.assign(env(), before);
      await another.stop();
    }
  });
});
