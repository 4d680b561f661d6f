import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { everyDay, makeBookingPage } from "@/db/factories/booking-page";
import { makeChaosBookings } from "@/db/factories/chaos-bookings";
import { listBookingFaults, listOurs, listStrayWrites, listTruth } from "@/db/factories/chaos-truth";
import { startClockAt } from "@/db/factories/fake-clock";
import { makeGoogleConnection } from "@/db/factories/google";
import { addAccident, expireSomething, makeCrashSwitch } from "@/db/factories/google-chaos";
import { startGoogleTime } from "@/db/factories/google-time";
import { makeGoogleUser } from "@/db/factories/google-user";
import { syncLogs } from "@/db/schema";
import { makeDice } from "@/lib/availability/oracle/dice";
import { functions } from ".";

// `CHAOS_SEED=7 CHAOS_EDITS=5000 npx vitest run --project db inngest/google-chaos` plays another, longer story.
const seed = process.env.CHAOS_SEED ?? "chaos";
const edits = Number(process.env.CHAOS_EDITS ?? 1000);

const start = new Date("2026-03-02T08:00:00Z");
const dayMs = 86_400_000;
/** What is compared: all that is edited, and more than a year of the series that never end. */
const compared = {
  from: new Date(start.getTime() - 20 * dayMs),
  to: new Date(start.getTime() + 500 * dayMs),
};

vi.mock(import("node:timers/promises"), async (original) => {
  const { briefly } = await import("@/db/factories/fake-clock");
  return briefly(await original());
});

startClockAt(start);

type Chaos = Awaited<ReturnType<typeof makeChaos>>;

/** A host with two accounts and five calendars, all of which block bookings, one of which receives them. */
async function makeChaos() {
  const dice = makeDice(seed);
  // Mails and reminders wait for their hour; nothing here is about them.
  const ours = functions.filter(({ opts }) => !/mail|remind/.test(opts.id));
  const time = await startGoogleTime(ours, { startsAt: start, seed: dice.int(1, 1e9) });
  const { google } = time;
  const page = await makeBookingPage({ timeZone: "Europe/Berlin", hours: everyDay("06:00", "22:00") });
  const [one, two] = [
    await makeGoogleConnection(google, page.hostId, { isDestination: true }),
    await makeGoogleConnection(google, page.hostId),
  ];
  const rows = [
    one.calendar,
    await one.addCalendar({ name: "Team" }),
    await one.addCalendar({ name: "Side" }),
    two.calendar,
    await two.addCalendar({ name: "Sport" }),
  ];
  const calendarIds = rows.map(({ remoteId }) => remoteId);
  calendarIds.forEach((calendarId, n) => {
    const timeZone = ["Europe/Berlin", "America/New_York", "UTC"][n % 3] ?? "UTC";
    google.admin.changeCalendar({ calendarId, timeZone });
  });
  const user = (from: number, to?: number) =>
    makeGoogleUser(google.admin, dice, { calendarIds: calendarIds.slice(from, to), from: start });
  return {
    ...time,
    dice,
    calendars: rows,
    calendarIds,
    emails: [one.email, two.email],
    users: [user(0, 3), user(3)],
    bookings: makeChaosBookings({ google, page, dice, calendarIds: calendarIds.slice(0, 3) }),
    crashes: await makeCrashSwitch(),
  };
}

/** A few edits, accidents, perhaps a crash, and a minute or two. @returns how many edits */
async function playScene(chaos: Chaos): Promise<number> {
  const { dice, google, users, crashes } = chaos;
  dice.times(0, 2, () => addAccident(google.admin, dice));
  if (dice.chance(0.15)) expireSomething(google.admin, dice, chaos);
  const count = dice.int(1, 12);
  for (let n = 0; n < count; n += 1) {
    if (dice.chance(0.2)) await chaos.bookings.act();
    else dice.pick(users).act();
  }
  const isCrash = dice.chance(0.1);
  if (isCrash) await crashes.on();
  await chaos.pass(dice.int(20, 150) * 1000);
  if (isCrash) await crashes.off();
  return count;
}

/** Every poll, sweep and retry has its turn, and nothing goes wrong any more. */
async function comeToRest(chaos: Chaos): Promise<void> {
  chaos.google.admin.clearFaults();
  chaos.google.admin.setDelivery({ drop: 0, duplicate: 0, reorder: 0, delayMs: [0, 0] });
  for (let n = 0; n < 20; n += 1) await chaos.pass(300_000);
}

test(`after ${edits} edits and any accident, ours is what Google has, and nothing is echoed (seed ${seed})`, async () => {
  const chaos = await makeChaos();
  const { google, engine } = chaos;
  google.admin.setDelivery({ drop: 0.1, duplicate: 0.1, reorder: 0.2, delayMs: [0, 60_000] });
  google.admin.settings({ shortPages: true, deletedSeries: "both", syncMessage: "before" });
  await engine.runDue();
  for (let done = 0; done < edits; ) done += await playScene(chaos);
  await comeToRest(chaos);
  await expectAgreement(chaos);

  // All that was read is read once more, and nobody has anything to write.
  google.admin.clearLog();
  for (const calendarId of chaos.calendarIds) google.admin.expireSyncTokens({ calendarId });
  await database().delete(syncLogs);
  for (let n = 0; n < 8; n += 1) await chaos.pass(300_000);
  expect(
    google.admin.log().filter(({ method, route }) => method !== "GET" && route.startsWith("events")),
  ).toEqual([]);
  const pulls = await database().select().from(syncLogs).where(eq(syncLogs.operation, "pull"));
  expect(pulls.length).toBeGreaterThanOrEqual(chaos.calendars.length);
  // An occurrence at an end of the window drifts in or out of it between two readings; what is compared lies inside.
  expect(pulls.filter(({ updated }) => updated > 0)).toEqual([]);
  await expectAgreement(chaos);
}, 300_000);

async function expectAgreement({ google, calendars, bookings }: Chaos): Promise<void> {
  for (const { id, remoteId } of calendars)
    expect(await listOurs(id, compared)).toEqual(listTruth(google.admin, remoteId, compared));
  expect(await listBookingFaults(google.admin, bookings)).toEqual([]);
  expect(listStrayWrites(google.admin, bookings)).toEqual([]);
}
