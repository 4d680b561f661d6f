import { expect } from "vitest";
import { hasMeaningOf, meaningKey } from "../meaning";
import type { EventDraft, OccurrenceTime, RemoteRef } from "../provider";
import type { RecurrenceException } from "../recurrence";
import type { Row } from "./reader";
import { draft, type Scene, window } from "./scene";

// What the cases about series share. Berlin goes to summer time on 29 March 2026 and back on 25 October.

/** Half an hour from that instant on, or longer. */
export function timed(startsAt: string, minutes = 30): OccurrenceTime & { kind: "timed" } {
  const start = new Date(startsAt);
  return { kind: "timed", startsAt: start, endsAt: new Date(start.getTime() + minutes * 60_000) };
}

export const mondays = "FREQ=WEEKLY;COUNT=6";

/** Six Mondays at ten in Berlin; the clocks change between the second and the third. */
export const weekly = (exceptions: RecurrenceException[] = [], rule = mondays): EventDraft => ({
  ...draft,
  title: "Jour fixe",
  time: timed("2026-03-16T09:00:00Z"),
  recurrence: { rule, exceptions },
});

export const onMondays = [
  "2026-03-16T09:00:00Z",
  "2026-03-23T09:00:00Z",
  "2026-03-30T08:00:00Z",
  "2026-04-06T08:00:00Z",
  "2026-04-13T08:00:00Z",
  "2026-04-20T08:00:00Z",
];

export const off = (instant: string): RecurrenceException => ({
  key: new Date(instant).toISOString(),
  says: null,
});

/** On another day, for longer, elsewhere, with another title and no description. */
export const moved = (instant: string, to: string, title = "Jour fixe, with Grace"): RecurrenceException => ({
  key: new Date(instant).toISOString(),
  says: { title, description: null, location: "Room 7", time: stored(timed(to, 90)) },
});

function stored({ startsAt, endsAt }: OccurrenceTime & { kind: "timed" }) {
  return { kind: "timed", startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() } as const;
}

export const rowsAt = (instants: string[], title = "Jour fixe"): Row[] =>
  instants.map((instant) => ({ title, time: timed(instant) }));

/** What lies there means what was put, and is named as the put named it. */
export async function expectCopy(
  scene: Scene,
  calendar: string,
  ref: RemoteRef,
  put: EventDraft,
): Promise<void> {
  const copy = await scene.provider.getEvent(calendar, ref.id, window.timeZone);
  if (!copy) expect.fail("there is no copy");
  expect(meaningKey(copy)).toBe(meaningKey(put));
  expect(hasMeaningOf(copy, put)).toBe(true);
  expect(copy).toMatchObject({ ...ref, uid: put.uid, isRecurring: Boolean(put.recurrence) });
}
