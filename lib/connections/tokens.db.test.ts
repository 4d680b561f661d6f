import { fork } from "node:child_process";
import { once } from "node:events";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeGoogleConnection, startOwnGoogle } from "@/db/factories/google";
import { makeHost } from "@/db/factories/users";
import { calendarConnections } from "@/db/schema";
import type { GoogleServer } from "@/emulators/google/server";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type GoogleTokens, openTokens, sealTokens } from "./google/credentials";
import { letGo } from "./let-go";
import { openCalendar, openConnection } from "./open";
import { accessTokenOf } from "./tokens";

let google: GoogleServer;
beforeAll(async () => {
  google = await startOwnGoogle();
});
afterAll(() => google.stop());
beforeEach(() => {
  google.admin.clearFaults();
  google.admin.clearLog();
});

const tokenRequests = () => google.admin.log({ route: "oauth.token" }).length;

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => (error instanceof AppError ? { code: error.code, message: error.message } : error),
  );

async function readTokens(id: string): Promise<GoogleTokens> {
  const [row] = await database().select().from(calendarConnections).where(eq(calendarConnections.id, id));
  return openTokens(id, row?.credentials ?? "");
}

async function changeTokens(id: string, values: Partial<GoogleTokens>): Promise<void> {
  const credentials = sealTokens(id, { ...(await readTokens(id)), ...values });
  await database().update(calendarConnections).set({ credentials }).where(eq(calendarConnections.id, id));
}

const endsIn = (minutes: number) => ({ expiresAt: new Date(Date.now() + minutes * 60_000).toISOString() });

async function makeConnection(tokens: Partial<GoogleTokens> = {}) {
  const { user } = await makeHost();
  const made = await makeGoogleConnection(google, user.id);
  await changeTokens(made.connectionId, tokens);
  return { ...made, stored: await readTokens(made.connectionId) };
}

describe("a token", () => {
  test("is the stored one until five minutes before its end", async () => {
    const { connectionId, stored } = await makeConnection(endsIn(6));
    expect(await accessTokenOf(connectionId)()).toBe(stored.accessToken);
    expect(tokenRequests()).toBe(0);
  });

  test("is renewed ahead of its end, and stored with the refresh token that did not come anew", async () => {
    const { connectionId, stored } = await makeConnection(endsIn(4));
    const token = await accessTokenOf(connectionId)();
    expect(token).not.toBe(stored.accessToken);
    const renewed = await readTokens(connectionId);
    expect(renewed).toMatchObject({ accessToken: token, refreshToken: stored.refreshToken });
    expect(Date.parse(renewed.expiresAt) - Date.now()).toBeGreaterThan(50 * 60_000);
    expect(await accessTokenOf(connectionId)()).toBe(token);
    expect(tokenRequests()).toBe(1);
  });

  test("that was refused is renewed at once, but only while it is the stored one", async () => {
    const { connectionId, stored } = await makeConnection();
    const token = await accessTokenOf(connectionId)(stored.accessToken);
    expect(token).not.toBe(stored.accessToken);
    expect(await accessTokenOf(connectionId)(stored.accessToken)).toBe(token);
    expect(tokenRequests()).toBe(1);
  });

  test("is sealed with the newest key, and opens with the former one", async () => {
    const { connectionId, calendar } = await makeConnection();
    const before = env().FERNET_KEYS;
    const newest = `${Buffer.alloc(32, 9).toString("base64url")}=`;
    try {
      env().FERNET_KEYS = [newest, ...before];
      await changeTokens(connectionId, endsIn(0));
      const { provider } = await openCalendar(calendar.id);
      expect(await provider.listCalendars()).toHaveLength(1);
      env().FERNET_KEYS = [newest];
      expect((await openConnection(connectionId)).connection.id).toBe(connectionId);
      expect(await failureOf(accessTokenOf(connectionId)())).toBeNull();
      env().FERNET_KEYS = [`${Buffer.alloc(32, 1).toString("base64url")}=`];
      expect(await failureOf(accessTokenOf(connectionId)())).toMatchObject({ code: "reconnect" });
    } finally {
      env().FERNET_KEYS = before;
    }
  });
});

describe("everybody who asks at once", () => {
  test("gets the same answer of one request", async () => {
    const { connectionId } = await makeConnection(endsIn(-1));
    google.admin.addFault({ route: "oauth.token", effect: { kind: "latency", milliseconds: 50 } });
    const asked = Array.from({ length: 25 }, () => accessTokenOf(connectionId)());
    expect(new Set(await Promise.all(asked)).size).toBe(1);
    expect(tokenRequests()).toBe(1);
  });

  test("gets the same answer of one request in two real processes", async () => {
    const { connectionId } = await makeConnection(endsIn(-1));
    google.admin.addFault({ route: "oauth.token", effect: { kind: "latency", milliseconds: 300 } });
    const processes = await Promise.all([1, 2].map(() => startAsker(connectionId)));
    const answers = await Promise.all(processes.map(({ ask }) => ask()));
    expect(answers.flat()).toHaveLength(40);
    expect(new Set(answers.flat())).toEqual(new Set([(await readTokens(connectionId)).accessToken]));
    expect(tokenRequests()).toBe(1);
  });

  test("leaves database connections for others while Google hangs", async () => {
    const hanging = await Promise.all(Array.from({ length: 30 }, () => makeConnection(endsIn(-1))));
    google.admin.addFault({
      route: "oauth.token",
      effect: { kind: "latency", milliseconds: 100 },
      times: 30,
    });
    const work = Promise.all(hanging.map(({ connectionId }) => accessTokenOf(connectionId)()));
    await expect.poll(tokenRequests).toBe(4);
    await database().select().from(calendarConnections).limit(1);
    expect(tokenRequests()).toBeLessThan(30);
    expect(new Set(await work).size).toBe(30);
  });
});

describe("when it cannot be renewed", () => {
  test("access that was withdrawn wants reconnecting, and says what to do", async () => {
    const { connectionId, email } = await makeConnection(endsIn(-1));
    google.admin.revokeGrant({ email });
    expect(await failureOf(accessTokenOf(connectionId)())).toEqual({
      code: "reconnect",
      message: "Access was withdrawn or has run out. Continue with Google once more to renew it.",
    });
  });

  test("an account that was connected anew meanwhile works on", async () => {
    const { connectionId, email } = await makeConnection(endsIn(-1));
    google.admin.revokeGrant({ email });
    google.admin.addFault({ route: "oauth.token", effect: { kind: "latency", milliseconds: 200 } });
    const asked = accessTokenOf(connectionId)();
    await expect.poll(tokenRequests).toBe(1);
    await changeTokens(connectionId, { accessToken: "new", refreshToken: "new", ...endsIn(60) });
    expect(await asked).toBe("new");
  });

  test("an answer that comes too late does not undo an account connected anew", async () => {
    const { connectionId } = await makeConnection(endsIn(-1));
    google.admin.addFault({ route: "oauth.token", effect: { kind: "latency", milliseconds: 200 } });
    const asked = accessTokenOf(connectionId)();
    await expect.poll(tokenRequests).toBe(1);
    await changeTokens(connectionId, { accessToken: "new", refreshToken: "new", ...endsIn(60) });
    expect(await asked).toBe("new");
    expect(await readTokens(connectionId)).toMatchObject({ refreshToken: "new" });
  });

  test.each([
    [{ kind: "status", status: 503 }, 3, "unavailable"],
    [{ kind: "status", status: 500 }, 1, "unavailable"],
    [{ kind: "status", status: 429 }, 3, "rate_limited"],
    [{ kind: "reset" }, 3, "unavailable"],
    [{ kind: "truncate" }, 3, "unavailable"],
  ] as const)("%j is tried again where that helps, then passes for now", async (effect, requests, code) => {
    const { connectionId, stored } = await makeConnection(endsIn(-1));
    google.admin.addFault({ route: "oauth.token", effect, times: 9 });
    expect(await failureOf(accessTokenOf(connectionId)())).toMatchObject({ code });
    expect(tokenRequests()).toBe(requests);
    expect(await readTokens(connectionId)).toEqual(stored);
    google.admin.clearFaults();
    expect(await failureOf(accessTokenOf(connectionId)())).toBeNull();
  });

  test("a client Google does not know is the installation's trouble, not the account's", async () => {
    const { connectionId } = await makeConnection(endsIn(-1));
    const before = { ...env() };
    env().GOOGLE_CLIENT_ID = "unknown";
    const failure = await failureOf(accessTokenOf(connectionId)());
    Object.assign(env(), before);
    expect(failure).toMatchObject({
      code: "unavailable",
      message: "Google does not accept this installation's client id and secret. Ask your administrator.",
    });
  });

  test("an account of another Google's is asked of neither, and no token of it is shown there", async () => {
    const { connectionId, stored } = await makeConnection();
    const before = { ...env() };
    const another = await startOwnGoogle();
    try {
      for (const refused of [undefined, stored.accessToken])
        expect(await failureOf(accessTokenOf(connectionId)(refused))).toEqual({
          code: "unavailable",
          message:
            "This account was connected at another Google than the one Calends uses now. Ask your administrator.",
        });
      await database()
        .update(calendarConnections)
        .set({ status: "disconnecting" })
        .where(eq(calendarConnections.id, connectionId));
      expect(await failureOf(letGo(connectionId))).toMatchObject({ code: "unavailable" });
      expect(another.admin.log({})).toEqual([]);
    } finally {
      Object.assign(env(), before);
      await another.stop();
    }
  });

  test("a connection that is gone is not found", async () => {
    const { connectionId } = await makeConnection(endsIn(-1));
    await database().delete(calendarConnections).where(eq(calendarConnections.id, connectionId));
    expect(await failureOf(accessTokenOf(connectionId)())).toMatchObject({ code: "not_found" });
  });
});

/** A process of the product's own, ready to ask for tokens all at once when it is told to. */
async function startAsker(connectionId: string) {
  const { GOOGLE_ISSUER, GOOGLE_CLIENT_ID = "", GOOGLE_CLIENT_SECRET = "" } = env();
  const settings = { GOOGLE_ISSUER, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET };
  const child = fork("lib/connections/test-asker.ts", [connectionId], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ...settings },
  });
  await once(child, "message");
  const ask = async (): Promise<string[]> => {
    child.send("ask");
    const [tokens] = await once(child, "message");
    child.disconnect();
    return tokens;
  };
  return { ask };
}
