import { createHash, randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { makeGoogleConnection, startOwnGoogle } from "@/db/factories/google";
import { connectGoogle } from "@/db/factories/google-consent";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendars, syncChannels } from "@/db/schema";
import type { GoogleServer } from "@/emulators/google/server";
import { AppError } from "@/lib/errors";
import { disconnect } from "./disconnect";
import { giveUpLettingGo, letGo, stopLeftChannels } from "./let-go";
import { listConnections } from "./list";
import { openConnection } from "./open";

let google: GoogleServer;
beforeAll(async () => {
  google = await startOwnGoogle();
});
afterAll(() => google.stop());
beforeEach(() => {
  google.admin.clearFaults();
  google.admin.clearLog();
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => (error instanceof AppError ? error.code : error),
  );

async function find(connectionId: string) {
  const [row] = await database()
    .select()
    .from(calendarConnections)
    .where(eq(calendarConnections.id, connectionId));
  return row;
}

/** A connected account whose calendar has a channel open at Google. */
async function makeWatched() {
  const { user, viewer } = await makeHost();
  const made = await makeGoogleConnection(google, user.id);
  const { provider } = await openConnection(made.connectionId);
  const id = randomUUID();
  const channel = { id, secret: "secret", address: "https://calends.test/api/webhooks/google-calendar" };
  const opened = await provider.watch?.(made.calendar.remoteId, channel);
  await database()
    .insert(syncChannels)
    .values({
      id,
      calendarId: made.calendar.id,
      hostId: user.id,
      secretHash: createHash("sha256").update("secret").digest("hex"),
      ...opened,
    });
  return { ...made, user, viewer, channelId: id };
}

const isOpen = (channelId: string) =>
  google.admin.channels().some(({ id, stopped }) => id === channelId && !stopped);
const requests = (route: string) => google.admin.log({ route }).length;

describe("disconnecting", () => {
  test("forgets the calendars at once, then stops the channel, revokes the token and forgets the account", async () => {
    const { viewer, connectionId, calendar, channelId } = await makeWatched();
    expect(isOpen(channelId)).toBe(true);
    await disconnect(viewer, connectionId);
    expect(await listConnections(viewer)).toEqual([]);
    expect(await database().select().from(calendars).where(eq(calendars.id, calendar.id))).toEqual([]);
    expect(await find(connectionId)).toMatchObject({
      status: "disconnecting",
      leftChannels: [{ id: channelId, resourceId: expect.any(String) }],
    });
    const [event] = await database().execute(sql`select data from inngest_events
      where name = 'connection/disconnected' and data::json ->> 'connectionId' = ${connectionId}`);
    expect(event).toBeDefined();
    await stopLeftChannels(connectionId);
    expect(requests("channels.stop")).toBe(1);
    expect(isOpen(channelId)).toBe(false);
    expect(await find(connectionId)).toMatchObject({ leftChannels: [] });
    await letGo(connectionId);
    expect(google.admin.log({ route: "oauth.revoke" })).toMatchObject([{ status: 200 }]);
    expect(await find(connectionId)).toBeUndefined();
    await stopLeftChannels(connectionId);
    await letGo(connectionId);
    expect(requests("oauth.revoke")).toBe(1);
  });

  test("cannot be done twice, nor by somebody else", async () => {
    const { viewer, connectionId } = await makeWatched();
    expect(await codeOf(disconnect((await makeHost()).viewer, connectionId))).toBe("not_found");
    await disconnect(viewer, connectionId);
    expect(await codeOf(disconnect(viewer, connectionId))).toBe("not_found");
  });

  test("leaves nothing to do where a provider keeps nothing", async () => {
    const { user, viewer } = await makeHost();
    const { calendar } = await makeFakeCalendar(user.id);
    await disconnect(viewer, calendar.connectionId);
    expect(await find(calendar.connectionId)).toBeUndefined();
  });

  test("waits for a Google that is away, and goes on where it stopped", async () => {
    const { viewer, connectionId, channelId } = await makeWatched();
    await disconnect(viewer, connectionId);
    google.admin.addFault({ route: "oauth.revoke", effect: { kind: "status", status: 503 } });
    await stopLeftChannels(connectionId);
    expect(await codeOf(letGo(connectionId))).toBe("unavailable");
    expect(await find(connectionId)).toMatchObject({ status: "disconnecting", leftChannels: [] });
    await letGo(connectionId);
    expect(await find(connectionId)).toBeUndefined();
    expect(isOpen(channelId)).toBe(false);
  });

  test("ends also where access was withdrawn before, or nothing more can be done", async () => {
    const withdrawn = await makeWatched();
    await disconnect(withdrawn.viewer, withdrawn.connectionId);
    google.admin.revokeGrant({ email: withdrawn.email });
    await stopLeftChannels(withdrawn.connectionId);
    await letGo(withdrawn.connectionId);
    expect(await find(withdrawn.connectionId)).toBeUndefined();

    const hopeless = await makeWatched();
    await giveUpLettingGo(hopeless.connectionId);
    expect(await find(hopeless.connectionId)).toBeDefined();
    await disconnect(hopeless.viewer, hopeless.connectionId);
    await giveUpLettingGo(hopeless.connectionId);
    expect(await find(hopeless.connectionId)).toBeUndefined();
  });
});

describe("an account that others use", () => {
  test("keeps its grant until the last of them lets go", async () => {
    const first = await makeWatched();
    const { viewer } = await makeHost();
    const consent = { user: first.email, decision: "allow" as const };
    const secondId = await connectGoogle(google, viewer, { consent });
    await disconnect(first.viewer, first.connectionId);
    await stopLeftChannels(first.connectionId);
    await letGo(first.connectionId);
    expect(await find(first.connectionId)).toBeUndefined();
    expect(requests("oauth.revoke")).toBe(0);
    expect((await (await openConnection(secondId)).provider.listCalendars()).length).toBeGreaterThan(0);
    await disconnect(viewer, secondId);
    await letGo(secondId);
    expect(requests("oauth.revoke")).toBe(1);
  });

  test("is given back once when both let go at the same time", async () => {
    const first = await makeWatched();
    const { viewer } = await makeHost();
    const consent = { user: first.email, decision: "allow" as const };
    const secondId = await connectGoogle(google, viewer, { consent });
    await disconnect(first.viewer, first.connectionId);
    await disconnect(viewer, secondId);
    await Promise.all([letGo(first.connectionId), letGo(secondId)]);
    expect(requests("oauth.revoke")).toBe(1);
  });
});

describe("connecting again while the account is being let go", () => {
  test("takes it over: its channels are still stopped, its access stays", async () => {
    const { viewer, connectionId, email, channelId } = await makeWatched();
    await disconnect(viewer, connectionId);
    const consent = { user: email, decision: "allow" as const };
    expect(await connectGoogle(google, viewer, { consent })).toBe(connectionId);
    await stopLeftChannels(connectionId);
    await letGo(connectionId);
    expect(isOpen(channelId)).toBe(false);
    expect(requests("oauth.revoke")).toBe(0);
    expect(await listConnections(viewer)).toMatchObject([{ id: connectionId, status: "connected" }]);
    expect(await find(connectionId)).toMatchObject({ leftChannels: [] });
    expect(await (await openConnection(connectionId)).provider.listCalendars()).toHaveLength(1);
  });

  test("says so when the grant may just have been taken back", async () => {
    const { viewer, connectionId, email } = await makeWatched();
    await disconnect(viewer, connectionId);
    google.admin.addFault({ route: "oauth.token", effect: { kind: "latency", milliseconds: 300 } });
    const consent = { user: email, decision: "allow" as const };
    const again = codeOf(connectGoogle(google, viewer, { consent }));
    await expect.poll(() => requests("oauth.token")).toBe(1);
    await letGo(connectionId);
    expect(await again).toBe("conflict");
    expect(await listConnections(viewer)).toEqual([]);
  });
});
