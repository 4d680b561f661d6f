import { Cron } from "croner";
import type { NewJob } from "./store/jobs";

/** The first tick after `after`. The expression may begin with `TZ=Europe/London `; without it, UTC. */
export function nextTick(expression: string, after: Date): Date {
  const next = parseCron(expression).nextRun(after);
  if (!next) throw new Error(`The cron expression "${expression}" never fires again.`);
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

/** @throws Error when it is no cron expression, or its time zone is unknown */
export function parseCron(expression: string): Cron {
  const [, zone = "UTC", pattern = ""] = /^(?:(?:CRON_)?TZ=(\S+)\s+)?(.+)$/.exec(expression.trim()) ?? [];
  // croner would take seconds too; the server does not.
  if (!pattern.startsWith("@") && pattern.trim().split(/\s+/).length !== 5)
    throw new Error(`The cron expression "${expression}" needs five fields.`);
  // croner looks at the zone when it first fires; this throws now.
  new Intl.DateTimeFormat("en", { timeZone: zone });
  return new Cron(pattern, { timezone: zone, paused: true });
}
