import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { database } from "@/db/client";
import { everyDay, makeBookingPage } from "@/db/factories/booking-page";
import { makeGoogleConnection, startOwnGoogle } from "@/db/factories/google";
import { getAvailableSlots } from "@/lib/availability/slots";
import { pullCalendar } from "./pull";

const now = new Date("2026-03-02T08:00:00Z");
const later = new Date("2026-03-02T08:10:00Z");
const halfHour = 30 * 60_000;
const june = { from: new Date("2026-06-01T00:00:00Z"), to: new Date("2026-07-01T00:00:00Z") };
/** Three pages of events. */
const meetings = 6000;

/**
 * A calendar whose every full hour is taken, from March on, and every half past is free. Its cursor is lost while it
 * changes: names, a day that is called off, another that fills up.
 */
async function makeFullCalendar() {
  const google = await startOwnGoogle({ startsAt: now });
  onTestFinished(() => google.stop());
  const page = await makeBookingPage({ hours: everyDay("00:00", "24:00") });
  const { calendar, email } = await makeGoogleConnection(google, page.hostId);
  const at = (instant: number) => ({ dateTime: new Date(instant).toISOString() });
  const meeting = (start: number) => ({ summary: "Taken", start: at(start), end: at(start + halfHour) });
  const hours = Array.from({ length: meetings }, (_, n) => now.getTime() + n * 2 * halfHour);
  google.admin.createEvents({ calendarId: email, events: hours.map(meeting) });
  await pullCalendar(calendar.id, now);

  const change = () => {
    const inJune = { calendarId: email, timeMin: june.from.toISOString(), timeMax: june.to.toISOString() };
    google.admin.eventsIn(inJune).forEach(({ id }, n) => {
      if (n < 24) google.admin.deleteEvent({ calendarId: email, eventId: id });
      else if (n % 3 === 0)
        google.admin.changeEvent({ calendarId: email, eventId: id, event: { summary: "Renamed" } });
    });
    const dayOff = june.to.getTime() - 48 * halfHour;
    const events = Array.from({ length: 24 }, (_, n) => meeting(dayOff + (2 * n + 1) * halfHour));
    google.admin.createEvents({ calendarId: email, events });
    google.admin.expireSyncTokens({ calendarId: email });
  };
  return { google, page, calendar, change };
}

/** Taken, and free, in June whether one looks before the change, after it or meanwhile. */
function listCertain() {
  const slots = Array.from({ length: 60 * 24 }, (_, n) => june.from.getTime() + n * halfHour);
  const firstDay = june.from.getTime() + 48 * halfHour;
  const lastDay = june.to.getTime() - 48 * halfHour;
  const isFullHour = (slot: number) => slot % (2 * halfHour) === 0;
  return {
    taken: slots.filter((slot) => isFullHour(slot) && slot >= firstDay),
    free: slots.filter((slot) => !isFullHour(slot) && slot < lastDay),
  };
}

type Page = Awaited<ReturnType<typeof makeBookingPage>>;

/** Looks again and again until `work` has ended; what was wrong, and how often it looked. */
async function sampleDuring({ eventType, hostId }: Page, work: Promise<unknown>) {
  const { taken, free } = listCertain();
  const faults = new Set<string>();
  let looks = 0;
  let isOver = false;
  const lookAtSlots = async () => {
    const slots = await getAvailableSlots({ eventTypeId: eventType.id, ...june, now: later });
    const shown = new Set(slots.map(({ startsAt }) => startsAt.getTime()));
    for (const slot of taken)
      if (shown.has(slot)) faults.add(`${new Date(slot).toISOString()} is shown free`);
    for (const slot of free) if (!shown.has(slot)) faults.add(`${new Date(slot).toISOString()} is not shown`);
  };
  const lookAtBusyTimes = async () => {
    const [row] = await database().execute<{ open: number }>(sql`
      select count(*)::int as open
      from get_busy_times(${hostId}::uuid, tstzrange(${june.from.toISOString()}, ${june.to.toISOString()})) as busy,
        unnest(${sql.param(taken.map((slot) => new Date(slot).toISOString()))}::text[]::timestamptz[]) as starts_at
      where not busy @> tstzrange(starts_at, starts_at + interval '30 minutes')`);
    if (row?.open !== 0) faults.add(`${row?.open} taken times are not busy`);
  };
  const lookOnAndOn = async (look: () => Promise<void>) => {
    while (!isOver) {
      await look();
      looks += 1;
    }
  };
  const looking = Promise.all([lookAtSlots, lookAtSlots, lookAtBusyTimes].map(lookOnAndOn));
  await work.finally(() => {
    isOver = true;
  });
  await looking;
  return { faults: [...faults], looks };
}

test("during a full resync no busy time is ever shown free", async () => {
  const { google, page, calendar, change } = await makeFullCalendar();
  change();
  google.admin.clearLog();
  google.admin.settings({ latencyMs: 100 });
  const { faults, looks } = await sampleDuring(page, pullCalendar(calendar.id, later));
  expect(faults).toEqual([]);
  expect(looks).toBeGreaterThan(20);
  const asked = google.admin.log({ route: "events.list" });
  expect(asked.map(({ status }) => status)).toEqual([410, 200, 200, 200]);

  const slots = await getAvailableSlots({ eventTypeId: page.eventType.id, ...june, now: later });
  // A day that is free now, one that is full, and half of the others.
  expect(slots).toHaveLength(28 * 24 + 48);
});

test("a full resync that breaks off changes nothing", async () => {
  const { google, page, calendar, change } = await makeFullCalendar();
  change();
  google.admin.addFault({ route: "events.list", effect: { kind: "error", error: "quotaExceeded" }, skip: 2 });
  const pull = pullCalendar(calendar.id, later).catch((error) => error.code);
  const { faults } = await sampleDuring(page, pull);
  expect(await pull).toBe("rate_limited");
  expect(faults).toEqual([]);
  const slots = await getAvailableSlots({ eventTypeId: page.eventType.id, ...june, now: later });
  expect(slots).toHaveLength(30 * 24);
});
