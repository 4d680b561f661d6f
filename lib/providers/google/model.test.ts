import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GoogleAccount, pullAll, startGoogleAccount } from "@/e2e/google-account";
import type { CalendarProvider, ChangePage } from "../provider";

let account: GoogleAccount;
beforeAll(async () => {
  account = await startGoogleAccount();
});
afterAll(() => account.stop());

const place = fc.nat(40);
/** Some in summer, some on either edge of what is read, some across a change of the clocks. */
const day = fc.constantFrom("2026-06-01", "2026-03-27", "2026-12-29", "2027-01-02", "2025-12-30");
const rule = fc.constantFrom(
  "RRULE:FREQ=DAILY;COUNT=4",
  "RRULE:FREQ=WEEKLY;COUNT=3",
  "RRULE:FREQ=DAILY;INTERVAL=9;UNTIL=20260801T000000Z",
  "RRULE:FREQ=MONTHLY",
);
const hour = fc.integer({ min: 0, max: 22 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("create"), day, hour, place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("createDay"), day, hour, place }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("createSeries"), day, hour, rule, place }) },
  ...["rename", "renameSeries", "delete", "deleteSeries", "transfer"].map((kind) => ({
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant(kind), place }),
  })),
  ...["move", "moveSeries", "turnIntoDay"].map((kind) => ({
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant(kind), place, day, hour }),
  })),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("repeat"), place, rule }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("repeatNoMore"), place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("expire"), place }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("pull"), place }) },
);
type Step = { kind: string; place: number; day?: string; hour?: number; rule?: string };

const manners = fc.record({
  incrementalWindow: fc.constantFrom("ignored", "kept"),
  deletedSeries: fc.constantFrom("instances", "master", "both"),
  largestPage: fc.constantFrom(null, 3),
});

/** A calendar and what a reader of its pages is left with. */
type Read = {
  provider: CalendarProvider;
  calendarId: string;
  cursor: string | null;
  rows: Map<string, { seriesId?: string; row: object }>;
};

function apply(read: Read, pages: ChangePage[]): void {
  if (pages.some(({ reset }) => reset)) read.rows.clear();
  for (const { upserts, deletions, unreadable } of pages) {
    expect(unreadable).toEqual([]);
    for (const gone of deletions) {
      for (const [id, { seriesId }] of read.rows) if (id === gone || seriesId === gone) read.rows.delete(id);
    }
    for (const { id, seriesId, occurrences } of upserts) {
      const [occurrence] = occurrences;
      if (!occurrence) read.rows.delete(id);
      else
        read.rows.set(id, {
          ...(seriesId ? { seriesId } : {}),
          row: rowOf(occurrence.title, occurrence.time),
        });
    }
  }
}

const rowOf = (title: string, time: object) => ({ title, ...time });

function truthOf({ calendarId }: Read) {
  return account.eventsIn(calendarId).map(({ id, summary = "", start, end }) => {
    const time = start.date
      ? { kind: "allDay", startDay: start.date, endDay: end.date }
      : { kind: "timed", startsAt: new Date(start.dateTime ?? ""), endsAt: new Date(end.dateTime ?? "") };
    return [id, rowOf(summary, time)] as const;
  });
}

async function pull(read: Read): Promise<void> {
  const { pages, cursor } = await pullAll(read.provider, read.calendarId, { cursor: read.cursor });
  read.cursor = cursor;
  apply(read, pages);
  const rows = [...read.rows].map(([id, { row }]) => [id, row]);
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(truthOf(read)));
}

const timeZone = "America/New_York";
const pad = (value: number) => String(value).padStart(2, "0");
const timesOf = ({ day, hour = 0 }: Step) => ({
  start: { dateTime: `${day}T${pad(hour)}:00:00`, timeZone },
  end: { dateTime: `${day}T${pad(hour + 1)}:30:00`, timeZone },
});
const dayOf = ({ day = "" }: Step) => ({
  start: { date: day },
  end: { date: new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10) },
});

let version = 0;

function act(step: Step, { calendarId }: Read, other: Read): void {
  const { admin } = account;
  const summary = `version ${++version}`;
  const all = account.eventsIn(calendarId);
  const chosen = all[step.place % (all.length || 1)];
  const create = (event: object) => admin.createEvent({ calendarId, event: { summary, ...event } });
  if (step.kind === "create") create(timesOf(step));
  else if (step.kind === "createDay") create(dayOf(step));
  else if (step.kind === "createSeries") create({ ...timesOf(step), recurrence: [step.rule] });
  else if (step.kind === "expire") admin.expireSyncTokens({ calendarId });
  if (!chosen) return;
  const one = { calendarId, eventId: chosen.id };
  const whole = { calendarId, eventId: chosen.recurringEventId ?? chosen.id };
  if (step.kind === "rename") admin.changeEvent({ ...one, event: { summary } });
  else if (step.kind === "renameSeries") admin.changeEvent({ ...whole, event: { summary } });
  else if (step.kind === "delete") admin.deleteEvent(one);
  else if (step.kind === "deleteSeries") admin.deleteEvent(whole);
  else if (step.kind === "transfer") admin.transferEvent({ ...whole, to: other.calendarId });
  else if (step.kind === "move") admin.moveEvent({ ...one, ...timesOf(step) });
  else if (step.kind === "moveSeries") admin.moveEvent({ ...whole, ...timesOf(step) });
  else if (step.kind === "turnIntoDay") admin.moveEvent({ ...one, ...dayOf(step) });
  else if (step.kind === "repeat") {
    admin.moveEvent({ ...whole, ...timesOf({ ...step, day: "2026-06-01", hour: 9 }) });
    admin.changeEvent({ ...whole, event: { recurrence: [step.rule] } });
  } else if (step.kind === "repeatNoMore") admin.changeEvent({ ...whole, event: { recurrence: null } });
}

describe("whatever somebody does between pulls", () => {
  it("the copy equals the calendar", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(manners, fc.array(step, { maxLength: 25 }), async (settings, steps) => {
        account.admin.settings(settings);
        // Another connection each time: nobody may ask more than 600 times in a minute.
        const provider = account.open();
        const [read, other] = ["One", "Other"].map((name) => ({
          provider,
          calendarId: account.makeCalendar(name),
          cursor: null,
          rows: new Map(),
        })) as [Read, Read];
        for (const each of steps) {
          if (each.kind === "pull") await pull(read);
          else act(each, read, other);
        }
        await pull(read);
        await pull(other);
      }),
      { numRuns: 60 },
    );
  });
});
