import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { startClockAt } from "@/db/factories/fake-clock";
import { makeFakeFeed } from "@/db/factories/fake-feed";
import { makeHost } from "@/db/factories/users";
import { startVirtualEngine } from "@/db/factories/virtual-engine";
import { calendars } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { refreshSubscription } from "@/lib/subscriptions/refresh";
import { pollCalendars } from "./poll-calendars";
import { pullCalendarRun } from "./pull-calendar";
import { refreshSubscriptionRun } from "./refresh-subscription";

const start = new Date("2027-03-01T08:00:00Z");
const away = new AppError("unavailable", "The server is away.");

startClockAt(start);
beforeEach(async () => {
  await database().execute(sql`delete from inngest_events`);
});

/** A feed that is read every hour, the engine that sees to it, and a clock. */
async function makeStory() {
  const { user, viewer } = await makeHost();
  const feed = await makeFakeFeed(user.id, { calendar: { nextSyncAt: start, checksConflicts: false } });
  const { account, calendar, subscription } = feed;
  const engine = startVirtualEngine([pollCalendars, pullCalendarRun, refreshSubscriptionRun]);
  const row = async () => {
    const [found] = await database().select().from(calendars).where(eq(calendars.id, calendar.id));
    if (!found) throw new Error("The feed is gone.");
    return found;
  };
  const runAt = async (at: number) => {
    vi.setSystemTime(at);
    await engine.runDue();
    return account.calls.length;
  };
  return {
    account,
    thrown: engine.thrown,
    row,
    runDue: engine.runDue,
    /** Its turn comes, and no minute sooner; in how many minutes the next one will. */
    takeTurn: async () => {
      const calls = account.calls.length;
      const dueAt = (await row()).nextSyncAt.getTime();
      expect(await runAt(dueAt - 60_000)).toBe(calls);
      expect(await runAt(dueAt + 60_000)).toBe(calls + 1);
      expect(await runAt(dueAt + 120_000)).toBe(calls + 1);
      return ((await row()).nextSyncAt.getTime() - dueAt - 60_000) / 60_000;
    },
    fail: (times: number) => {
      for (let n = 0; n < times; n += 1) account.failNext("pull", away);
    },
    refresh: () => refreshSubscription(viewer, subscription.id, new Date()),
  };
}

function expectAbout(minutes: number, longest: number): void {
  expect(minutes).toBeGreaterThanOrEqual(longest * 0.9);
  expect(minutes).toBeLessThanOrEqual(longest);
}

test("a feed is read once in its hour, or a little sooner", async () => {
  const { takeTurn, thrown, row } = await makeStory();
  for (let turn = 0; turn < 4; turn += 1) expectAbout(await takeTurn(), 60);
  expect(thrown).toEqual([]);
  expect(await row()).toMatchObject({ errorCount: 0, syncRequestedAt: null });
});

test("one whose server is away is asked ever more rarely, each time once, and given up until its host says so", async () => {
  const { takeTurn, fail, refresh, runDue, row, thrown, account } = await makeStory();
  fail(5);
  for (const longest of [60, 240, 960, 1440]) expectAbout(await takeTurn(), longest);
  await takeTurn();
  expect(await row()).toMatchObject({ isEnabled: false, errorCount: 5 });
  vi.setSystemTime(Date.now() + 30 * 86_400_000);
  await runDue();
  expect(account.calls).toHaveLength(5);
  expect(thrown).toEqual([]);
  await refresh();
  await runDue();
  expect(account.calls).toHaveLength(6);
  expect(await row()).toMatchObject({ isEnabled: true, errorCount: 0, lastSyncedAt: new Date() });
});
