import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GoogleAccount, startGoogleAccount } from "@/e2e/google-account";
import { meaningKey } from "../meaning";
import type { EventDraft, OccurrenceTime, RemoteRef } from "../provider";
import type { StoredRecurrence } from "../recurrence";

let account: GoogleAccount;
beforeAll(async () => {
  account = await startGoogleAccount();
});
afterAll(() => account.stop());

const hourMs = 3_600_000;
const zones = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"];
const rules = [
  "FREQ=DAILY;COUNT=9",
  "FREQ=WEEKLY;COUNT=6",
  "FREQ=DAILY;INTERVAL=3;COUNT=5",
  "FREQ=MONTHLY;COUNT=4",
];

const place = fc.nat(8);
const hours = fc.integer({ min: -30, max: 30 });
const words = fc.constantFrom("A", "B", "C");
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("draft"), words, rule: fc.constantFrom(...rules, null) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("days"), words, rule: fc.constantFrom(...rules) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("except"), place, words, hours }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("callOff"), place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("takeBack"), place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("shift"), hours }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("hostRenames"), place, words }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("hostMoves"), place, hours }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("hostDeletes"), place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("hostRenamesAll"), words }) },
);
type Step = { kind: string; place?: number; words?: string; hours?: number; rule?: string | null };

const start = new Date("2026-03-20T10:00:00Z");
const timed = (at: Date, length = hourMs): OccurrenceTime => ({
  kind: "timed",
  startsAt: at,
  endsAt: new Date(at.getTime() + length),
});
const shifted = (text: string, by: number) => new Date(Date.parse(text) + by * hourMs).toISOString();

/** What we want to stand there after that step; of the host's steps, what was read is wanted on. */
function wantedAfter(
  draft: EventDraft,
  { kind, words = "", rule = null, place = 0, hours = 1 }: Step,
): EventDraft {
  const recurrence = rule === null ? null : { rule, exceptions: [] };
  if (kind === "draft") return { ...draft, title: words, time: timed(start), recurrence };
  if (kind === "days") {
    const time = { kind: "allDay", startDay: "2026-03-20", endDay: "2026-03-21" } as const;
    return { ...draft, title: words, time, recurrence };
  }
  if (kind === "shift" && draft.time.kind === "timed" && draft.recurrence?.exceptions.length === 0)
    return { ...draft, time: timed(new Date(draft.time.startsAt.getTime() + hours * hourMs)) };
  const key = keysOf(draft)[place];
  if (!draft.recurrence || key === undefined) return draft;
  const others = draft.recurrence.exceptions.filter((one) => one.key !== key);
  if (kind === "takeBack") return withExceptions(draft, others);
  if (kind === "callOff") return withExceptions(draft, [...others, { key, says: null }]);
  if (kind === "except" && draft.time.kind === "timed") {
    const time = { kind: "timed", startsAt: shifted(key, hours), endsAt: shifted(key, hours + 1) } as const;
    return withExceptions(draft, [
      ...others,
      { key, says: { title: words, description: null, location: null, time } },
    ]);
  }
  return draft;
}

function withExceptions(draft: EventDraft, exceptions: StoredRecurrence["exceptions"]): EventDraft {
  const sorted = exceptions.sort((one, other) => (one.key < other.key ? -1 : 1));
  return { ...draft, recurrence: draft.recurrence ? { ...draft.recurrence, exceptions: sorted } : null };
}

/** The occurrences a series has by what Google says, those called off as well where we know of them. */
let shownKeys: string[] = [];
const keysOf = ({ recurrence }: EventDraft) =>
  [...new Set([...shownKeys, ...(recurrence?.exceptions ?? []).map(({ key }) => key)])].sort();

const shownIn = (calendarId: string) =>
  account.admin.eventsIn({ calendarId, timeMin: "2025-01-01T00:00:00Z", timeMax: "2028-01-01T00:00:00Z" });

function keysShown(calendarId: string): string[] {
  return shownIn(calendarId).flatMap(({ originalStartTime: time }) =>
    time ? [time.date ?? new Date(time.dateTime ?? "").toISOString()] : [],
  );
}

const linesOf = (calendarId: string) =>
  shownIn(calendarId)
    .map(({ summary, description, location, start, end }) =>
      JSON.stringify([
        start.date ?? Date.parse(start.dateTime ?? ""),
        end.date ?? Date.parse(end.dateTime ?? ""),
        summary,
        description,
        location,
      ]),
    )
    .sort();

function hostActs(calendarId: string, id: string, { kind, place = 0, words, hours = 0 }: Step): void {
  const { admin } = account;
  const shown = shownIn(calendarId);
  const one = shown[place % (shown.length || 1)];
  if (kind === "hostRenamesAll") admin.changeEvent({ calendarId, eventId: id, event: { summary: words } });
  if (!one?.recurringEventId) return;
  const eventId = one.id;
  if (kind === "hostRenames") admin.changeEvent({ calendarId, eventId, event: { summary: words } });
  if (kind === "hostDeletes") admin.deleteEvent({ calendarId, eventId });
  if (kind === "hostMoves" && one.start.dateTime) {
    const at = (time?: string) => ({ dateTime: shifted(time ?? "", hours), timeZone: "UTC" });
    admin.moveEvent({ calendarId, eventId, start: at(one.start.dateTime), end: at(one.end.dateTime) });
  }
}

describe("whatever we and the host make of a series in turns", () => {
  it("is read as it is shown, and written as it is meant", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...zones),
        fc.array(step, { maxLength: 12 }),
        async (timeZone, steps) => {
          const provider = account.open();
          const [calendarId, mirror] = ["One", "Mirror"].map((name) => account.makeCalendar(name)) as [
            string,
            string,
          ];
          const words = { title: "A", description: "Agenda", location: null };
          let draft: EventDraft = { uid: "a@calends", sequence: 0, ...words, time: timed(start), timeZone };
          draft = { ...draft, recurrence: { rule: "FREQ=WEEKLY;COUNT=6", exceptions: [] } };
          let ref: RemoteRef = await provider.putEvent(calendarId, draft);
          for (const each of steps) {
            shownKeys = keysShown(calendarId);
            if (each.kind.startsWith("host")) hostActs(calendarId, ref.id, each);
            else {
              draft = wantedAfter(draft, each);
              ref = await provider.putEvent(calendarId, draft, ref);
            }
            const copy = await provider.getEvent(calendarId, ref.id, timeZone);
            if (!copy) expect.fail("it is gone");
            if (!each.kind.startsWith("host")) {
              expect(meaningKey(copy)).toBe(meaningKey(draft));
              expect(copy.etag).toBe(ref.etag);
            }
            ref = { id: copy.id, etag: copy.etag };
            const { title, description, location, time, recurrence = null } = copy;
            draft = { ...draft, title, description, location, time, recurrence };
          }
          // What was read says all that is shown: somewhere else it looks the same.
          await provider.putEvent(mirror, draft);
          expect(linesOf(mirror)).toEqual(linesOf(calendarId));
        },
      ),
      { numRuns: 60 },
    );
  });
});
