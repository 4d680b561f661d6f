import { type ChildProcess, spawn } from "node:child_process";
import { afterAll, expect, test } from "vitest";
import { countRuns, disconnect, eventually, reset, rows } from "./harness";

const total = 500;
const children = new Set<ChildProcess>();

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await reset();
  await disconnect();
});

test("two processes, 500 runs, three times kill -9: all end, once, within their limits", {
  timeout: 120_000,
}, async () => {
  await rows()`
    create table work (id serial primary key, run text, step text, key text, pid int, began timestamptz, ended timestamptz)`;
  await rows()`create table kills (pid int, at timestamptz)`;
  const pair = [start(), start()];
  await rows()`
    select inngest_send_event('test/survive', json_build_object('n', n, 'key', n % 20)::text)
    from generate_series(1, ${total}) n`;

  for (const [index, share] of [0.1, 0.4, 0.7].entries()) {
    await eventually(async () => (await countRuns("survivor", "completed")) >= total * share, 60_000);
    await tick(index);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 200));
    await kill(pair[index % 2]);
    pair[index % 2] = start();
  }
  await eventually(async () => (await countRuns("survivor", "completed")) === total, 60_000);
  await eventually(async () => (await countRuns("ticker", "completed")) === 3);

  expect((await rows()`select from inngest_runs where status <> 'completed'`).count).toBe(0);
  expect((await rows()`select from inngest_jobs where kind <> 'cron'`).count).toBe(0);
  expect(await doneTwice()).toEqual([]);
  // Twenty at most were in flight at each of the three kills.
  expect((await rows()`select from work`).count).toBeLessThanOrEqual(3 * total + 3 * 20);
  expect(await memories()).toEqual([{ steps: 3 * total, outputs: total }]);
  expect(await overLimit()).toEqual([]);
  expect(await countRuns("ticker")).toBe(3);
});

function start(): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "inngest/embedded/survivor-process.ts", "work"], {
    stdio: "inherit",
  });
  children.add(child);
  return child;
}

/** The moment is taken before the kill, so that what ran at that moment counts as running no longer than it did. */
async function kill(child: ChildProcess | undefined): Promise<void> {
  await rows()`insert into kills values (${child?.pid ?? 0}, clock_timestamp())`;
  const gone = new Promise((resolve) => child?.once("exit", resolve));
  child?.kill("SIGKILL");
  await gone;
}

/** Makes the cron's next tick due, each time another one. */
async function tick(index: number): Promise<void> {
  await eventually(
    async () =>
      (
        await rows()`
          update inngest_jobs
          set run_at = ${new Date(Date.UTC(2026, 0, 1 + index))}, visible_at = clock_timestamp()
          where kind = 'cron' and lease_token is null and run_at > clock_timestamp()`
      ).count === 1,
  );
}

/** Steps that ran again although no process was killed while they, or the writing down of their result, were under way. */
const doneTwice = () => rows()`
  select work.* from work left join kills using (pid)
  where exists (select from work again where again.run = work.run and again.step = work.step and again.id > work.id)
    and (kills.at is null or coalesce(work.ended, kills.at) < kills.at - interval '2 seconds')`;

const memories = () => rows()`
  select (select count(*)::int from inngest_steps) as steps,
    (select count(distinct output)::int from inngest_runs where function_id = 'calends-survivor') as outputs`;

/** Moments at which a key had a third step in flight. A killed process' steps ended with it. */
const overLimit = () => rows()`
  with flight as (
    select work.id, key, began, coalesce(ended, kills.at) as ended from work left join kills using (pid)
  )
  select one.id, count(*) from flight one join flight other
    on other.key = one.key and other.began <= one.began and other.ended > one.began
  group by one.id having count(*) > 2`;
