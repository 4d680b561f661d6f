import { count } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { startClockAt } from "@/db/factories/fake-clock";
import { makeGoogleConnection } from "@/db/factories/google";
import { startGoogleTime } from "@/db/factories/google-time";
import { makeHost } from "@/db/factories/users";
import { syncChannels } from "@/db/schema";
import { disconnect } from "@/lib/connections/disconnect";
import { disconnectAccount } from "./disconnect-account";
import { pollCalendars } from "./poll-calendars";
import { pullCalendarRun } from "./pull-calendar";
import { renewChannels } from "./renew-channels";
import { watchCalendarRun } from "./watch-calendar";

const start = new Date("2026-03-02T08:00:00Z");
const hourMs = 3_600_000;
const functions = [disconnectAccount, pollCalendars, pullCalendarRun, renewChannels, watchCalendarRun];

startClockAt(start);

/** Three watched calendars of two accounts, and the product at work on them by Google's clock. */
async function playDays() {
  const time = await startGoogleTime(functions, { startsAt: start });
  const { google } = time;
  const { viewer } = await makeHost();
  const first = await makeGoogleConnection(google, viewer.userId);
  const second = await makeGoogleConnection(google, viewer.userId, { isDestination: true });
  const watched = [first.calendar, await first.addCalendar(), second.calendar].map(
    ({ remoteId }) => remoteId,
  );
  const liveAt = (remoteId: string) =>
    google.admin.channels().filter((channel) => channel.isLive && channel.calendarId === remoteId).length;
  return {
    ...time,
    viewer,
    connections: [first, second],
    watched,
    liveAt,
    passHour: () => time.pass(hourMs),
  };
}

const countRows = async () => (await database().select({ rows: count() }).from(syncChannels))[0]?.rows;

test("in eight days every channel is renewed before it ends, and none is left behind", async () => {
  const { google, viewer, connections, watched, engine, liveAt, passHour } = await playDays();
  await passHour();
  const gaps: string[] = [];
  for (let hour = 1; hour < 8 * 24; hour += 1) {
    await passHour();
    for (const id of watched) if (liveAt(id) === 0) gaps.push(`${id} has no channel in hour ${hour}`);
  }
  expect(gaps).toEqual([]);
  expect(engine.thrown).toEqual([]);
  const all = google.admin.channels();
  // They last for seven days, and have a successor before the fifth has passed.
  for (const id of watched) {
    expect(liveAt(id)).toBe(1);
    expect(all.filter(({ calendarId }) => calendarId === id)).toHaveLength(2);
  }
  // Stopped by us, never ended by themselves.
  expect(all.filter(({ stopped }) => stopped)).toHaveLength(3);
  expect(await countRows()).toBe(3);

  for (const { connectionId } of connections) await disconnect(viewer, connectionId);
  await engine.runDue();
  expect(google.admin.channels().filter(({ isLive }) => isLive)).toEqual([]);
  expect(await countRows()).toBe(0);
}, 120_000);
