import { Cron } from "croner";
import type { NewJob } from "./store/jobs";

/**
 * The first tick after `after`. The expression may begin with `TZ=Europe/London `; without it, UTC. Where clocks
 * change, a fixed hour ticks once: at its first occurrence, or as if the clock had not moved yet. Every hour (`*`)
 * goes by the clock as it is shown.
 * @throws Error when there is none
 */
export function nextTick(expression: string, after: Date): Date {
  const schedule = parseCron(expression);
  const next = schedule.isHourly ? nextOnShownClock(schedule, after) : nextAtFixedHour(schedule, after);
  if (!next) throw new Error(`The cron expression "${expression}" never fires.`);
  return next;
}

/** One job stands for the schedule: it carries the next tick, and firing moves it on. */
export function cronJob(functionId: string, expression: string, now: Date): NewJob {
  return {
    id: `cron:${functionId}:${expression}`,
    kind: "cron",
    functionId,
    payload: expression,
    dueAt: nextTick(expression, now),
  };
}

/** The event a tick sends, as the server words it. */
export function tickEvent(expression: string, tick: Date, now: Date) {
  const data = { cron: expression, fireAt: tick.toISOString(), scheduledAt: tick.toISOString() };
  return { id: tick.toISOString(), name: "inngest/scheduled.timer", data, ts: now.getTime(), user: {} };
}

type Schedule = {
  /** The next match on a clock that never changes, its times written as UTC. */
  nextMatch(after: number): number | null;
  /** What that clock is ahead of UTC at an instant. */
  offsetAt(instant: number): number;
  isHourly: boolean;
};

/** @throws Error when it is no cron expression, or its time zone is unknown */
function parseCron(expression: string): Schedule {
  const [, zone = "UTC", rest = ""] = /^(?:(?:CRON_)?TZ=(\S+)\s+)?(.+)$/.exec(expression.trim()) ?? [];
  const pattern = rest.trim();
  // croner would take seconds too; the server does not.
  if (!pattern.startsWith("@") && pattern.split(/\s+/).length !== 5)
    throw new Error(`The cron expression "${expression}" needs five fields.`);
  const cron = new Cron(pattern, { timezone: "UTC", paused: true });
  return {
    nextMatch: (after) => cron.nextRun(new Date(after))?.getTime() ?? null,
    offsetAt: zone === "UTC" ? () => 0 : offsetIn(zone),
    isHourly: pattern === "@hourly" || /^\S+\s+\*/.test(pattern),
  };
}

const day = 86_400_000;

function nextAtFixedHour({ nextMatch, offsetAt }: Schedule, after: Date): Date | null {
  const now = after.getTime();
  let shown = nextMatch(now + offsetAt(now) - day);
  for (; shown !== null; shown = nextMatch(shown)) {
    const [before, later] = [shown - offsetAt(shown - day), shown - offsetAt(shown + day)];
    // Shown twice, the offset before gives the first; shown never, it goes as if the clock had not moved yet.
    const tick = later + offsetAt(later) === shown && before + offsetAt(before) !== shown ? later : before;
    if (tick > now) return new Date(tick);
  }
  return null;
}

function nextOnShownClock({ nextMatch, offsetAt }: Schedule, after: Date): Date | null {
  const from = after.getTime();
  const offset = offsetAt(from);
  const shown = nextMatch(from + offset);
  if (shown === null) return null;
  if (offsetAt(shown - offset) === offset) return new Date(shown - offset);
  const change = findChange(offsetAt, from, shown - offset);
  const afterwards = nextMatch(change + offsetAt(change) - 1);
  return afterwards === null ? null : new Date(afterwards - offsetAt(change));
}

/** The first instant after `low` with another offset. */
function findChange(offsetAt: Schedule["offsetAt"], low: number, high: number): number {
  const offset = offsetAt(low);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

function offsetIn(zone: string): Schedule["offsetAt"] {
  const clock = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  return (instant) => {
    const name = clock.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours = 0, minutes = 0, seconds = 0] = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? [];
    const size = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000;
    return sign === "-" ? -size : size;
  };
}
