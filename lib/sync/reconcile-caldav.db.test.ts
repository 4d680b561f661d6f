import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { database } from "@/db/client";
import { makeHost } from "@/db/factories/users";
import { appointmentOccurrences, appointments, appointmentTargets, calendars } from "@/db/schema";
import { type Radicale, startRadicale } from "@/e2e/radicale";
import { createAppointment } from "@/lib/appointments/create";
import { connectCaldav } from "@/lib/connections/connect";
import { pushCalendar } from "@/lib/mirror/push-calendar";
import { pullCalendar } from "./pull";
import { reconcileTarget } from "./reconcile";

// What the fake plays in reconcile-series.db.test.ts, with a real server and a calendar app that writes as apps do.

let server: Radicale;
beforeAll(async () => {
  server = await startRadicale();
});
afterAll(() => server?.stop());

const now = new Date();
const year = now.getUTCFullYear() + 1;

/** Ten o'clock in Berlin on Mondays from the first of March on, across the change of the clocks. */
const monday = (() => {
  const first = new Date(Date.UTC(year, 2, 1));
  return new Date(first.getTime() + ((8 - first.getUTCDay()) % 7) * 86_400_000);
})();
const dayAfter = (weeks: number) =>
  new Date(monday.getTime() + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
const local = (weeks: number, clock: string) =>
  `${dayAfter(weeks).replaceAll("-", "")}T${clock.replace(":", "")}00`;

async function makeWorld() {
  const { viewer } = await makeHost();
  const url = await server.makeCalendar(`of ${viewer.userId}`);
  // The account's only one, so that connecting it binds it.
  onTestFinished(() => server.deleteIcs(url));
  await connectCaldav(viewer, { server: server.url, username: server.user, password: server.password });
  const isIt = and(eq(calendars.remoteId, url), eq(calendars.hostId, viewer.userId));
  const [calendar] = await database().select().from(calendars).where(isIt);
  const calendarId = calendar?.id ?? expect.fail("no calendar");
  const { id } = await createAppointment(
    viewer,
    {
      title: "Jour fixe",
      description: "Agenda",
      time: { kind: "timed", startsAt: `${dayAfter(0)}T09:00:00Z`, endsAt: `${dayAfter(0)}T10:00:00Z` },
      timeZone: "Europe/Berlin",
      recurrence: { rule: "FREQ=WEEKLY;COUNT=8" },
    },
    now,
  );
  await pushCalendar(calendarId, now);
  await pullCalendar(calendarId, now);
  const copy = async () => {
    const [[href, ics] = expect.fail("no copy")] = await server.listIcs(url);
    return { href, ics };
  };
  const target = async () => {
    const [row] = await database()
      .select()
      .from(appointmentTargets)
      .where(eq(appointmentTargets.appointmentId, id));
    return row;
  };
  return {
    copy,
    target,
    /** Another app saves it, with what `change` makes of the text. */
    async save(change: (ics: string) => string) {
      const { href, ics } = await copy();
      const name = decodeURIComponent(href.split("/").at(-1) ?? "");
      await server.putIcs(url, name, change(ics.replaceAll("\r\n", "\n").replaceAll("\n ", "")));
    },
    async settle() {
      await pullCalendar(calendarId, new Date());
      await reconcileTarget((await target())?.id ?? "", new Date());
      await pushCalendar(calendarId, new Date());
    },
    appointment: async () => {
      const [row] = await database().select().from(appointments).where(eq(appointments.id, id));
      return row;
    },
    starts: async () => {
      const { startsAt, title } = appointmentOccurrences;
      const rows = await database()
        .select({ startsAt, title })
        .from(appointmentOccurrences)
        .where(eq(appointmentOccurrences.appointmentId, id))
        .orderBy(startsAt);
      return rows.map((row) => `${row.startsAt?.toISOString().slice(5, 16)} ${row.title}`);
    },
  };
}

test("what an app does to a series, and to one occurrence of it, is done to the appointment, and not written back", async () => {
  const world = await makeWorld();
  const before = await world.starts();
  expect(before).toHaveLength(8);
  await world.save((ics) =>
    withRule(ics, (rule) => `${rule}\nEXDATE;TZID=Europe/Berlin:${local(1, "10:00")}`).replace(
      "END:VCALENDAR",
      `${override(ics)}\nEND:VCALENDAR`,
    ),
  );
  const saved = await world.copy();
  await world.settle();
  const after = await world.starts();
  const moved = `${dayAfter(6).slice(5)}T13:00 Jour fixe, at lunch`;
  expect(after).toEqual([...before.filter((_, n) => n !== 1 && n !== 6), moved].sort());
  expect((await world.appointment())?.recurrence?.exceptions).toMatchObject([
    { key: `${dayAfter(1)}T09:00:00.000Z`, says: null },
    { key: `${dayAfter(6)}T08:00:00.000Z`, says: { title: "Jour fixe, at lunch", location: "Canteen" } },
  ]);
  await world.settle();
  expect(await world.copy()).toEqual(saved);
  expect(await world.target()).toMatchObject({ divergedAt: null, pushDueAt: null });

  await world.save((ics) => withRule(ics, () => "RRULE:FREQ=WEEKLY;COUNT=3"));
  await world.settle();
  expect(await world.appointment()).toMatchObject({ recurrence: { rule: "FREQ=WEEKLY;COUNT=3" } });
});

test("dates that no rule gives are put back, exactly", async () => {
  const world = await makeWorld();
  await world.save((ics) =>
    withRule(ics, (rule) => `${rule}\nRDATE;TZID=Europe/Berlin:${local(2, "18:00")}`),
  );
  expect((await world.copy()).ics).toContain("RDATE");
  await world.settle();
  expect((await world.copy()).ics).not.toContain("RDATE");
  expect(await world.starts()).toHaveLength(8);
  expect(await world.target()).toMatchObject({ divergedAt: null, pushDueAt: null });
});

/** The event's own; its zone has some, too. */
function withRule(ics: string, change: (rule: string) => string): string {
  return ics.replace(/(?<=BEGIN:VEVENT\n(?:.*\n)*)RRULE:.*$/m, change);
}

/** The seventh Monday, when the clocks have changed: at three, for two hours, elsewhere. */
function override(ics: string): string {
  return [
    "BEGIN:VEVENT",
    /^UID:.*$/m.exec(ics)?.[0],
    /^DTSTAMP:.*$/m.exec(ics)?.[0],
    `RECURRENCE-ID;TZID=Europe/Berlin:${local(6, "10:00")}`,
    `DTSTART;TZID=Europe/Berlin:${local(6, "15:00")}`,
    `DTEND;TZID=Europe/Berlin:${local(6, "17:00")}`,
    "SUMMARY:Jour fixe\\, at lunch",
    "DESCRIPTION:Agenda",
    "LOCATION:Canteen",
    "END:VEVENT",
  ].join("\n");
}
