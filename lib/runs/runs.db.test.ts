import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeJob, makeRun, makeStep } from "@/db/factories/runs";
import { makeHost } from "@/db/factories/users";
import { inngestJobs, inngestRuns, inngestWaits } from "@/db/schema";
import { cancelRun } from "./cancel";
import { findRun } from "./find";
import { listRunFunctions, listRuns } from "./list";
import { retryRun } from "./retry";

const makeAdmin = async () => (await makeHost({ role: "admin" })).viewer;
const error = JSON.stringify({
  name: "AppError",
  message: "No answer.",
  stack: "AppError: No answer.\n at x",
});
const aDay = 86_400_000;

async function runsOf(functionId: string) {
  return database().select().from(inngestRuns).where(eq(inngestRuns.functionId, functionId));
}

test("runs are for administrators alone", async () => {
  const { viewer } = await makeHost();
  const { id } = await makeRun({ status: "failed" });
  const now = new Date();
  const refused = { code: "forbidden" };
  await expect(listRuns(viewer, { now })).rejects.toMatchObject(refused);
  await expect(listRunFunctions(viewer)).rejects.toMatchObject(refused);
  await expect(findRun(viewer, id, now)).rejects.toMatchObject(refused);
  await expect(retryRun(viewer, id)).rejects.toMatchObject(refused);
  await expect(cancelRun(viewer, (await makeRun()).id)).rejects.toMatchObject(refused);
});

test("the list is newest first, page by page, by status and by function", async () => {
  const admin = await makeAdmin();
  const functionId = `calends-list-${randomUUID()}`;
  const made = [];
  for (const status of ["completed", "failed", "running"] as const)
    made.push(await makeRun({ functionId, status, ...(status === "failed" && { error }) }));
  await makeRun();
  const [done, failed, active] = made.map(({ id }) => id);
  const asked = { now: new Date(), functionId };
  const first = await listRuns(admin, { ...asked, size: 2 });
  expect(first.runs.map(({ id }) => id)).toEqual([active, failed]);
  expect(first.hasMore).toBe(true);
  expect(await listRuns(admin, { ...asked, size: 2, before: failed })).toMatchObject({
    runs: [{ id: done, state: "completed" }],
    hasMore: false,
  });
  expect((await listRuns(admin, { ...asked, status: "failed" })).runs).toMatchObject([
    { id: failed, failure: { message: "No answer." } },
  ]);
  expect((await listRuns(admin, { ...asked, status: "active" })).runs).toMatchObject([{ id: active }]);
  expect(await listRunFunctions(admin)).toContainEqual(expect.objectContaining({ id: functionId }));
});

test("an active run says what it is doing", async () => {
  const admin = await makeAdmin();
  const now = new Date();
  const later = new Date(now.getTime() + aDay);
  const state = async (job: Parameters<typeof makeJob>[1]) => {
    const run = await makeRun();
    await database().delete(inngestJobs).where(eq(inngestJobs.runId, run.id));
    await makeJob(run, job);
    const found = await findRun(admin, run.id, now);
    return [found?.state, found?.dueAt?.getTime()];
  };
  const ahead = { runAt: later, visibleAt: later };
  expect(await state({ leaseToken: randomUUID(), leasedAt: now })).toEqual(["running", undefined]);
  expect(await state({ runAt: now })).toEqual(["queued", now.getTime()]);
  expect(await state({ parkedOn: "key", visibleAt: null, runAt: now })).toEqual(["queued", now.getTime()]);
  expect(await state({ ...ahead, kind: "sleep", stepId: "nap" })).toEqual(["waiting", later.getTime()]);
  expect(await state({ ...ahead, attempt: 2, lastError: error })).toEqual(["retrying", later.getTime()]);
});

test("a run shows its steps, their sizes and errors, and of its event no text that is not ours", async () => {
  const admin = await makeAdmin();
  const bookingId = randomUUID();
  const data = { bookingId, reason: "poll", note: "Meet me at the Café", apiToken: "abc" };
  const run = await makeRun({
    status: "failed",
    error,
    events: JSON.stringify([{ id: randomUUID(), name: "booking/confirmed", data }]),
  });
  await makeStep(run.id, { name: "list", value: JSON.stringify("é".repeat(3_000)), attempts: 1 });
  await makeStep(run.id, { name: "push", isError: true, value: error, attempts: 3 });
  const found = await findRun(admin, run.id, new Date());
  expect(found?.tries).toBe(3);
  expect(found?.steps).toMatchObject([
    { name: "list", failure: null, output: { bytes: 6_002 } },
    { name: "push", failure: { message: "No answer." }, output: null },
  ]);
  expect(found?.steps[0]?.output?.preview).toHaveLength(2_000);
  expect(found?.events[0]?.data).toEqual({
    bookingId,
    reason: "poll",
    note: "[withheld]",
    apiToken: "[withheld]",
  });
  expect(await findRun(admin, "unknown", new Date())).toBeNull();
});

test("a retry pressed many times at once starts one new run, and remembers it", async () => {
  const admin = await makeAdmin();
  const failed = await makeRun({ status: "failed", error, concurrencyKeys: ["k"], concurrencyLimits: [1] });
  const ids = await Promise.all(Array.from({ length: 8 }, () => retryRun(admin, failed.id)));
  const [again, ...others] = [...new Set(ids)];
  expect(others).toEqual([]);
  expect(await retryRun(admin, failed.id)).toBe(again);

  const runs = await runsOf(failed.functionId);
  expect(runs.map(({ id }) => id).sort()).toEqual([failed.id, again].sort());
  const { events, concurrencyKeys, concurrencyLimits } = failed;
  expect(runs.find(({ id }) => id === again)).toMatchObject({
    status: "running",
    events,
    concurrencyKeys,
    concurrencyLimits,
  });
  const jobs = await database()
    .select()
    .from(inngestJobs)
    .where(eq(inngestJobs.functionId, failed.functionId));
  expect(jobs).toMatchObject([
    { id: `${again}:discovery`, kind: "discovery", runId: again, concurrencyKeys },
  ]);
  expect(await findRun(admin, failed.id, new Date())).toMatchObject({ repeatedBy: again, repeats: null });
  expect(await findRun(admin, again ?? "", new Date())).toMatchObject({ repeats: failed.id });
});

test("only what has failed or was cancelled is retried", async () => {
  const admin = await makeAdmin();
  for (const status of ["running", "completed"] as const) {
    const run = await makeRun({ status });
    await expect(retryRun(admin, run.id)).rejects.toMatchObject({ code: "conflict" });
    expect(await runsOf(run.functionId)).toHaveLength(1);
  }
  await expect(retryRun(admin, "unknown")).rejects.toMatchObject({ code: "conflict" });
  expect(await retryRun(admin, (await makeRun({ status: "cancelled" })).id)).toBeTruthy();
});

test("a retry waits for its single place", async () => {
  const admin = await makeAdmin();
  const singletonKey = randomUUID();
  const failed = await makeRun({ status: "failed", singletonKey });
  const active = await makeRun({ singletonKey });
  await expect(retryRun(admin, failed.id)).rejects.toMatchObject({ code: "conflict" });
  await cancelRun(admin, active.id);
  expect(await retryRun(admin, failed.id)).toBeTruthy();
});

test("cancelling drops what is queued, and is refused when the run is over", async () => {
  const admin = await makeAdmin();
  const run = await makeRun({ pending: ["one", "two"] });
  await makeJob(run, { kind: "step", stepId: "one", leaseToken: randomUUID(), leaseOwner: "worker" });
  await makeJob(run, { kind: "timeout", stepId: "two" });
  await database()
    .insert(inngestWaits)
    .values({ runId: run.id, stepId: "two", eventName: "x", expiresAt: new Date(Date.now() + aDay) });
  await cancelRun(admin, run.id);

  const [after] = await runsOf(run.functionId);
  expect(after).toMatchObject({ status: "cancelled", pending: [], endedAt: expect.any(Date) });
  expect(await database().$count(inngestJobs, eq(inngestJobs.runId, run.id))).toBe(0);
  expect(await database().$count(inngestWaits, eq(inngestWaits.runId, run.id))).toBe(0);
  await expect(cancelRun(admin, run.id)).rejects.toMatchObject({ code: "conflict" });
});

test("an id made in the database is one of the engine's: 26 letters that begin with the time", async () => {
  const [row] = await database().execute<{ id: string; time: string; later: string }>(sql`
    select inngest_ulid(to_timestamp(1469918176.385)) as id, inngest_ulid_time(to_timestamp(1469918176.385)) as time,
      inngest_ulid(to_timestamp(1469918176.386)) as later`);
  // The example of https://github.com/ulid/spec.
  expect(row?.time).toBe("01ARYZ6S41");
  expect(row?.id).toMatch(/^01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/);
  expect((row?.id ?? "") < (row?.later ?? "")).toBe(true);
});
