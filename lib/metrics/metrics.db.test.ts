import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeBound } from "@/db/factories/bound";
import { makeEverything } from "@/db/factories/everything";
import { makeJob, makeRun, makeStep } from "@/db/factories/runs";
import { makeSubscription } from "@/db/factories/subscriptions";
import { makeHost } from "@/db/factories/users";
import { calendars } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { readMetrics } from "./read";

/** What a scraper takes from a line; every line must be one, or a comment. */
function parse(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const label = String.raw`[a-z_]+="(?:[^"\\\n]|\\[\\n"])*"`;
  const sample = new RegExp(String.raw`^([a-z_]+(?:\{${label}(?:,${label})*\})?) (-?[\d.e+-]+)$`);
  expect(text.endsWith("\n")).toBe(true);
  for (const line of text.slice(0, -1).split("\n")) {
    if (/^# (HELP [a-z_]+ .+|TYPE [a-z_]+ (gauge|histogram))$/.test(line)) continue;
    const [, key, value] = sample.exec(line) ?? [];
    if (!key) throw new Error(`Not a sample: ${line}`);
    expect(samples.has(key), `${key} stands there twice`).toBe(false);
    samples.set(key, Number(value));
  }
  return samples;
}

test("an empty product has metrics that can be read", async () => {
  const metrics = parse(await readMetrics());
  expect(metrics.get("calends_oldest_due_job_age_seconds")).toBe(0);
  expect(metrics.get("calends_run_failures")).toBe(0);
});

test("the queue is counted by function, kind and state, and the oldest due job has an age", async () => {
  const run = await makeRun();
  const past = new Date(Date.now() - 60_000);
  await makeJob(run, { stepId: "late", kind: "step", visibleAt: past });
  await makeJob(run, { stepId: "busy", kind: "step", visibleAt: past, leaseToken: randomUUID() });
  await makeJob(run, { stepId: "parked", kind: "step", visibleAt: null, parkedOn: "key" });
  await makeJob(run, { stepId: "nap", kind: "sleep", visibleAt: new Date(Date.now() + 60_000) });
  const metrics = parse(await readMetrics());
  const jobs = (kind: string, state: string) =>
    metrics.get(`calends_jobs{function="${run.functionId}",kind="${kind}",state="${state}"}`);
  expect(jobs("discovery", "due")).toBe(1);
  expect(jobs("step", "due")).toBe(1);
  expect(jobs("step", "running")).toBe(1);
  expect(jobs("step", "parked")).toBe(1);
  expect(jobs("sleep", "scheduled")).toBe(1);
  expect(metrics.get(`calends_runs_active{function="${run.functionId}"}`)).toBe(1);
  const age = metrics.get("calends_oldest_due_job_age_seconds") ?? 0;
  expect(age).toBeGreaterThan(59);
  expect(age).toBeLessThan(90);
});

test("runs and steps of the last hour are measured, by buckets that add up", async () => {
  const functionId = `calends-measured-${randomUUID()}`;
  const ended = (status: "completed" | "failed", tookMs: number, agoMs = 0) => {
    const endedAt = new Date(Date.now() - agoMs);
    return makeRun({ functionId, status, startedAt: new Date(endedAt.getTime() - tookMs), endedAt });
  };
  const { id } = await ended("completed", 20);
  await ended("completed", 4_000);
  await ended("failed", 400);
  await ended("failed", 400, 2 * 3_600_000);
  const endedAt = new Date();
  await makeStep(id, { name: "one", startedAt: new Date(endedAt.getTime() - 300), endedAt });

  const metrics = parse(await readMetrics());
  const of = `function="${functionId}"`;
  const bucket = (le: string) => metrics.get(`calends_run_duration_seconds_bucket{${of},le="${le}"}`);
  expect(["0.01", "0.025", "0.5", "5", "+Inf"].map(bucket)).toEqual([0, 1, 2, 3, 3]);
  expect(metrics.get(`calends_run_duration_seconds_count{${of}}`)).toBe(3);
  expect(metrics.get(`calends_run_duration_seconds_sum{${of}}`)).toBeCloseTo(4.42, 3);
  expect(metrics.get(`calends_step_duration_seconds_bucket{${of},le="0.25"}`)).toBe(0);
  expect(metrics.get(`calends_step_duration_seconds_bucket{${of},le="0.5"}`)).toBe(1);
  expect(metrics.get(`calends_runs_ended{${of},status="failed"}`)).toBe(1);
  expect(metrics.get(`calends_runs_ended{${of},status="completed"}`)).toBe(2);
});

test("calendars are counted by health, bookings by whether they lie in a calendar", async () => {
  const { user } = await makeHost();
  const before = parse(await readMetrics());
  await makeCalendar(user.id);
  await makeCalendar(user.id, { lastError: "No answer.", errorCount: 1 });
  await makeCalendar(user.id, { lastSyncedAt: new Date(Date.now() - 3 * 3_600_000) });
  await makeCalendar(user.id, { lastSyncedAt: null });
  await makeCalendar(user.id, { checksConflicts: false, lastError: "Nobody reads it." });
  const { calendar } = await makeEverything();
  await database().update(calendars).set({ isDestination: true }).where(eq(calendars.id, calendar.id));
  const after = parse(await readMetrics());
  const more = (key: string) => (after.get(key) ?? 0) - (before.get(key) ?? 0);
  expect(more('calends_calendars{health="ok"}')).toBe(2);
  expect(more('calends_calendars{health="error"}')).toBe(1);
  expect(more('calends_calendars{health="stale"}')).toBe(2);
  expect(more('calends_channels{state="polled"}')).toBe(4);
  expect(more('calends_channels{state="opening"}')).toBe(1);
  expect(more("calends_undelivered_bookings")).toBe(1);
});

test("copies that are not where they should be are counted, and apart from them those that failed", async () => {
  const before = parse(await readMetrics());
  const bound = await makeBound(["Anna", "Ben", "Carl"]);
  const more = async (state: string) => {
    const key = `calends_copies_to_push{state="${state}"}`;
    return (parse(await readMetrics()).get(key) ?? 0) - (before.get(key) ?? 0);
  };
  await bound.aim();
  expect([await more("waiting"), await more("failing")]).toEqual([3, 0]);
  bound.account.failNext("put", new AppError("invalid", "Too large."));
  await bound.push();
  expect([await more("waiting"), await more("failing")]).toEqual([0, 1]);
});

test("subscriptions are counted by status, and one that blocks is stale only when it is too old for a feed", async () => {
  const before = parse(await readMetrics());
  const { user } = await makeHost();
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const make = (calendar: Partial<typeof calendars.$inferInsert>) => makeSubscription(user.id, { calendar });
  await make({ lastSyncedAt: ago(23), checksConflicts: true });
  await make({ lastSyncedAt: ago(25), checksConflicts: true, errorCount: 2, lastError: "Away." });
  await make({ lastSyncedAt: ago(1), syncRequestedAt: new Date() });
  await make({});
  await make({ lastSyncedAt: ago(90), errorCount: 5, lastError: "Away.", isEnabled: false });
  const after = parse(await readMetrics());
  const more = (key: string) => (after.get(key) ?? 0) - (before.get(key) ?? 0);
  const counted = ["synced", "pending", "error", "disabled"].map((status) =>
    more(`calends_subscriptions{status="${status}"}`),
  );
  expect(counted).toEqual([1, 2, 1, 1]);
  expect(more('calends_calendars{health="ok"}')).toBe(1);
  expect(more('calends_calendars{health="stale"}')).toBe(1);
});
