import { z } from "zod";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { dayInput } from "@/lib/day-input";
import { parseInput } from "@/lib/parse";
import type { Day } from "@/lib/time";
import { getDay, judge, listBusy, listOpenHours, type OpenHours } from "./evidence";
import { type BusyItem, type Judged, type Reason, type Rules, reasonsOf } from "./reasons";
import { getSubject, type Subject } from "./subject";

export type { OpenHours } from "./evidence";
export type { BusyItem, Reason } from "./reasons";

/** No reasons: it is free. */
export type StartExplanation = { startsAt: Date; endsAt: Date; reasons: Reason[] };

/** A local day of an event type's schedule, from midnight to midnight in `timeZone`. */
export type DayExplanation = {
  timeZone: string;
  day: Day;
  startsAt: Date;
  endsAt: Date;
  isOverridden: boolean;
  stale: Rules["stale"];
  /** Those of this day, whole: they may begin before it and go on after it. */
  windows: OpenHours[];
  /** What lies in this day or near enough to matter to its starts. */
  busy: BusyItem[];
  /** Every start of the grid on this day. */
  starts: StartExplanation[];
};

const notOffered = "This length is not offered.";
const duration = z.int(notOffered).min(1, notOffered).max(1440, notOffered).optional();
const dayQuestion = z.object({ eventTypeId: z.string(), day: dayInput, durationMinutes: duration });
const timeQuestion = z.object({
  eventTypeId: z.string(),
  startsAt: z.date("Choose a time."),
  durationMinutes: duration,
});

/**
 * Why each start of a day is free or not, as get_starts judges it, which get_available_slots asks too.
 * @throws AppError not_found without such an event type, invalid for a length it does not have
 */
export async function explainDay(
  viewer: Viewer,
  input: z.input<typeof dayQuestion>,
  now: Date,
): Promise<DayExplanation> {
  const { eventTypeId, day, durationMinutes } = parseInput(dayQuestion, input);
  return asViewer(viewer, async (tx) => {
    const subject = await getSubject(tx, { viewer, eventTypeId, durationMinutes, now });
    const bounds = await getDay(tx, subject, day);
    const [windows, busy, judged] = await Promise.all([
      listOpenHours(tx, subject, day, bounds),
      listBusy(tx, subject, bounds),
      judge(tx, subject, bounds),
    ]);
    const { timeZone, stale } = subject.rules;
    const starts = judged.map((start) => explained(start, busy, subject));
    return { timeZone, day, ...bounds, stale, windows, busy, starts };
  });
}

/**
 * The same for a single time, which may also lie outside the hours or beside the grid.
 * @throws AppError not_found without such an event type, invalid for a length it does not have
 */
export async function explainTime(
  viewer: Viewer,
  input: z.input<typeof timeQuestion>,
  now: Date,
): Promise<StartExplanation> {
  const { eventTypeId, startsAt, durationMinutes } = parseInput(timeQuestion, input);
  return asViewer(viewer, async (tx) => {
    const subject = await getSubject(tx, { viewer, eventTypeId, durationMinutes, now });
    const moment = { startsAt, endsAt: new Date(startsAt.getTime() + 1) };
    const [busy, [start]] = await Promise.all([
      listBusy(tx, subject, moment),
      judge(tx, subject, moment, startsAt),
    ]);
    if (!start) throw new Error(`The start ${startsAt.toISOString()} was not judged.`);
    return explained(start, busy, subject);
  });
}

function explained(start: Judged, busy: readonly BusyItem[], { rules, now }: Subject): StartExplanation {
  const { startsAt, endsAt } = start;
  return { startsAt, endsAt, reasons: reasonsOf(start, busy, rules, now) };
}
