import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { tolerateLateRollbacks } from "@/db/factories/outage";
import { inngest } from "../client";
import {
  countRuns,
  disconnect,
  endedRun,
  eventually,
  gate,
  quiet,
  reset,
  rows,
  runEngine,
  send,
  url,
} from "./harness";
import { killed } from "./killed-process";
import { connect } from "./store/connect";
import { claimJobs } from "./store/jobs";
import { forget } from "./store/retention";

afterEach(reset);
afterAll(disconnect);

describe("a cron tick", () => {
  const yearly = inngest.createFunction(
    { id: "yearly", triggers: [{ cron: "TZ=Europe/London 0 0 1 1 *" }] },
    async ({ event }) => event,
  );
  const makeDue = (at: string) =>
    rows()`update inngest_jobs set run_at = ${at}::timestamptz, visible_at = ${at}::timestamptz where kind = 'cron'`;

  test("fires once, whoever watches, with the event the server sends", async () => {
    await runEngine([yearly]);
    await runEngine([yearly]);
    await makeDue("2026-01-01T00:00:00Z");
    const { output } = await endedRun("yearly");
    expect(output).toMatchObject({
      id: "2026-01-01T00:00:00.000Z",
      name: "inngest/scheduled.timer",
      data: { cron: "TZ=Europe/London 0 0 1 1 *", scheduledAt: "2026-01-01T00:00:00.000Z" },
    });
    // Another event goes the whole way while a second run would have had its chance.
    const [next] = await rows()<{ runAt: Date }[]>`select run_at from inngest_jobs where kind = 'cron'`;
    expect(next?.runAt.getTime()).toBeGreaterThan(Date.now());
    expect(await countRuns("yearly")).toBe(1);
  });

  test("that was missed fires once after the standstill, and a repeated one not at all", async () => {
    const engine = await runEngine([yearly]);
    await engine.stop();
    await makeDue("2020-01-01T00:00:00Z");
    const again = await runEngine([yearly]);
    await endedRun("yearly");
    await again.stop();
    await makeDue("2020-01-01T00:00:00Z");
    await runEngine([yearly]);
    await eventually(
      async () => (await rows()`select from inngest_jobs where kind = 'cron' and run_at > now()`).count === 1,
    );
    expect(await countRuns("yearly")).toBe(1);
  });

  test("that a clock running ahead put years away comes back when the engine starts", async () => {
    const engine = await runEngine([yearly]);
    const nextTick = () => rows()<{ runAt: Date }[]>`select run_at from inngest_jobs where kind = 'cron'`;
    const [right] = await nextTick();
    await engine.stop();
    await makeDue("2999-01-01T00:00:00Z");
    await runEngine([yearly]);
    expect(await nextTick()).toEqual([right]);
  });

  test("of a function that is gone is forgotten", async () => {
    const engine = await runEngine([yearly]);
    await engine.stop();
    await runEngine([]);
    // A newer process may know it; when its tick is long overdue, nobody does.
    expect((await rows()`select from inngest_jobs`).count).toBe(1);
    await makeDue("2026-01-01T00:00:00Z");
    await runEngine([]);
    expect((await rows()`select from inngest_jobs`).count).toBe(0);
  });
});

describe("a worker that dies", () => {
  const simple = inngest.createFunction(
    { id: "simple", triggers: [{ event: "test/go" }] },
    async ({ step }) => step.run("only", () => "done"),
  );

  /** Takes the function's work and never does it, `times` times over. */
  async function die(id: string, times: number): Promise<void> {
    const sql = connect(url(), 1);
    for (let n = 0; n < times; n += 1) {
      const claim = {
        worker: `dead-${n}`,
        functions: [`calends-${id}`],
        slots: 10,
        leaseMs: 60_000,
        freed: [],
        inFlight: [],
      };
      await eventually(async () => (await claimJobs(sql, claim)).length > 0);
      if (n < times - 1) await sql`select inngest_expire_dead_workers()`;
    }
    await sql.end();
  }

  async function sendWithoutEngine(id: string) {
    await rows()`
      insert into inngest_runs (id, function_id, events) values ('r1', ${`calends-${id}`}, '[{"name":"test/go","data":{}}]')`;
    await rows()`
      insert into inngest_jobs (id, kind, function_id, run_id) values ('r1:discovery', 'discovery', ${`calends-${id}`}, 'r1')`;
  }

  test("loses its jobs to the next one at once, long before the lease ends", async () => {
    await sendWithoutEngine("simple");
    await die("simple", 1);
    await runEngine([simple]);
    expect((await endedRun("simple")).output).toBe("done");
  });

  test("five times over the same job makes it fail by name", async () => {
    await sendWithoutEngine("simple");
    await die("simple", 5);
    await runEngine([simple]);
    const { status, error } = await endedRun("simple");
    expect(status).toBe("failed");
    expect(error).toMatchObject({ name: "WorkerLostError", message: expect.stringContaining("5 times") });
  });

  test("over one step leaves the run to go on and catch it", async () => {
    const catching = inngest.createFunction(
      { id: "catching", triggers: [{ event: "test/go" }] },
      async ({ step }) => step.run("deadly", () => "never").catch((error: Error) => error.name),
    );
    await sendWithoutEngine("catching");
    const stepId = createHash("sha1").update("deadly").digest("hex");
    await rows()`update inngest_jobs set id = 'r1:deadly', kind = 'step', step_id = ${stepId}`;
    await die("catching", 5);
    await runEngine([catching]);
    expect((await endedRun("catching")).output).toBe("WorkerLostError");
  });

  test("by kill -9 in the middle of a step: the run ends, and only that step ran twice", async () => {
    await rows()`create table noted (what text)`;
    const child = spawn(process.execPath, ["--import", "tsx", "inngest/embedded/killed-process.ts", "hang"], {
      stdio: "inherit",
    });
    try {
      await rows()`select inngest_send_event('test/kill', '{}')`;
      await eventually(
        async () => (await rows()`select from noted where what = 'deadly'`).count === 1,
        20_000,
      );
    } finally {
      child.kill("SIGKILL");
    }
    await runEngine([killed]);
    expect((await endedRun("killed")).output).toBe("survived");
    const noted = await rows()<{ what: string }[]>`select what from noted`;
    expect(noted.map(({ what }) => what)).toEqual(["before", "deadly", "deadly"]);
    await rows()`drop table noted`;
  });
});

test("an answer that comes after the lease was lost changes nothing", async () => {
  const { open, opened } = gate();
  let calls = 0;
  const fn = inngest.createFunction({ id: "slow", triggers: [{ event: "test/go" }] }, async ({ step }) =>
    step.run("once", async () => {
      calls += 1;
      if (calls > 1) return "second";
      await opened;
      return "first";
    }),
  );
  await runEngine([fn], { concurrency: 1 });
  await send("test/go");
  await eventually(() => calls === 1);
  await rows()`update inngest_jobs set visible_at = clock_timestamp()`;
  const second = await runEngine([fn]);
  expect((await endedRun("slow")).output).toBe("second");
  open();
  await second.stop();
  expect(await rows()`select value from inngest_steps`).toMatchObject([{ value: '"second"' }]);
  expect((await rows()`select from inngest_jobs`).count).toBe(0);
});

test("the end of a run that comes after the lease was lost leaves it to the one who has it", async () => {
  const gates = [gate(), gate()];
  let calls = 0;
  const fn = inngest.createFunction(
    { id: "ends-late", cancelOn: [{ event: "test/stop" }], triggers: [{ event: "test/go" }] },
    async () => {
      calls += 1;
      const turn = calls;
      await gates[turn - 1]?.opened;
      return turn;
    },
  );
  let late = 0;
  const log = { ...quiet, warn: () => void late++ };
  await runEngine([fn], { concurrency: 1, log });
  await send("test/go");
  await eventually(() => calls === 1);
  await rows()`update inngest_jobs set visible_at = clock_timestamp()`;
  await runEngine([fn]);
  await eventually(() => calls === 2);
  gates[0]?.open();
  await eventually(() => late === 1);
  // Nothing of the late answer may reach the tables after its rollback.
  for (let n = 0; n < 10; n += 1) expect((await rows()`select from inngest_waits`).count).toBe(1);
  gates[1]?.open();
  expect((await endedRun("ends-late")).output).toBe(2);
});

test("a worker too busy to prolong its leases does not take its own jobs again", async () => {
  const { open, opened } = gate();
  const calls: string[] = [];
  const fn = inngest.createFunction(
    { id: "busy", triggers: [{ event: "test/go" }] },
    async ({ event, step }) =>
      step.run("work", async () => {
        calls.push(event.data.name as string);
        if (event.data.name === "slow") await opened;
      }),
  );
  await runEngine([fn]);
  await send("test/go", { name: "slow" });
  await eventually(() => calls.includes("slow"));
  await rows()`update inngest_jobs set visible_at = clock_timestamp() - interval '1 minute'`;
  await send("test/go", { name: "quick" });
  await eventually(async () => (await countRuns("busy", "completed")) === 1);
  open();
  await eventually(async () => (await countRuns("busy", "completed")) === 2);
  expect(calls).toEqual(["slow", "quick"]);
});

describe("a graceful stop", () => {
  test("waits for what is under way", async () => {
    let isRunning = false;
    const fn = inngest.createFunction({ id: "brief", triggers: [{ event: "test/go" }] }, async ({ step }) => {
      await step.run("work", async () => {
        isRunning = true;
        await new Promise((resolve) => setTimeout(resolve, 200));
      });
    });
    const engine = await runEngine([fn]);
    await send("test/go");
    await eventually(() => isRunning);
    await engine.stop();
    expect((await rows()`select from inngest_steps`).count).toBe(1);
  });

  test("gives back what takes too long, without blame", async () => {
    const { open, opened } = gate();
    let calls = 0;
    const fn = inngest.createFunction({ id: "long", triggers: [{ event: "test/go" }] }, async ({ step }) =>
      step.run("work", async () => {
        calls += 1;
        if (calls === 1) await opened;
        return calls;
      }),
    );
    const engine = await runEngine([fn], { stopLimitMs: 50 });
    await send("test/go");
    await eventually(() => calls === 1);
    await engine.stop();
    expect(await rows()`select lost, lease_token from inngest_jobs`).toMatchObject([
      { lost: 0, leaseToken: null },
    ]);
    await runEngine([fn]);
    expect((await endedRun("long")).output).toBe(2);
    open();
  });
});

test("a killed connection to the database is survived", async () => {
  const fn = inngest.createFunction(
    { id: "reconnects", triggers: [{ event: "test/go" }] },
    async ({ step }) => step.run("only", () => "done"),
  );
  await runEngine([fn]);
  tolerateLateRollbacks();
  await rows()`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  await eventually(() =>
    send("test/go").then(
      () => true,
      () => false,
    ),
  );
  expect((await endedRun("reconnects")).output).toBe("done");
});

test("what is old is forgotten, what is not stays", async () => {
  const ended = (id: string, status: string, days: number) => rows()`
    insert into inngest_runs (id, function_id, events, status, ended_at)
    values (${id}, 'calends-x', '[]', ${status}, clock_timestamp() - ${days} * interval '1 day')`;
  await ended("old", "completed", 31);
  await ended("recent", "completed", 29);
  await ended("failed", "failed", 31);
  await ended("long-failed", "failed", 91);
  await rows()`
    insert into inngest_events (id, name, data, received_at, routed_at)
    select id, 'test/go', '{}', clock_timestamp() - interval '8 days', routed_at
    from (values ('done', clock_timestamp()), ('open', null)) as event(id, routed_at)`;
  await forget(rows());
  expect(
    (await rows()<{ id: string }[]>`select id from inngest_runs order by id`).map(({ id }) => id),
  ).toEqual(["failed", "recent"]);
  expect(await rows()`select id from inngest_events`).toMatchObject([{ id: "open" }]);
});

test("a run whose function is gone ends by name when nobody has taken its work for 30 days", async () => {
  const waiting = async (id: string, days: number) => {
    await rows()`insert into inngest_runs (id, function_id, events) values (${id}, 'calends-gone', '[]')`;
    await rows()`
      insert into inngest_jobs (id, kind, function_id, run_id, run_at, visible_at)
      select ${`${id}:discovery`}, 'discovery', 'calends-gone', ${id}, at, at
      from (select clock_timestamp() - ${days} * interval '1 day' as at) due`;
    await rows()`
      insert into inngest_waits (run_id, event_name, expires_at) values (${id}, 'x', clock_timestamp() + interval '1 day')`;
  };
  await waiting("gone", 31);
  await waiting("held-up", 29);
  await forget(rows());
  expect(
    await rows()`select id, status, error::json ->> 'name' as error from inngest_runs order by id`,
  ).toEqual([
    { id: "gone", status: "failed", error: "UnknownFunctionError" },
    { id: "held-up", status: "running", error: null },
  ]);
  expect(await rows()`select run_id from inngest_jobs`).toMatchObject([{ runId: "held-up" }]);
  expect(await rows()`select run_id from inngest_waits`).toMatchObject([{ runId: "held-up" }]);
});

test("more than one batch is forgotten, with the steps of its runs", async () => {
  await rows()`
    insert into inngest_runs (id, function_id, events, status, ended_at)
    select n::text, 'calends-x', '[]', 'completed', clock_timestamp() - interval '40 days' from generate_series(1, 5001) n`;
  await rows()`insert into inngest_steps (run_id, step_id, name, value) values ('1', 's', 's', '1')`;
  await rows()`
    insert into inngest_events (id, name, data, received_at, routed_at)
    select n::text, 'test/go', '{}', clock_timestamp() - interval '8 days', clock_timestamp() from generate_series(1, 5001) n`;
  await forget(rows());
  for (const table of ["inngest_runs", "inngest_steps", "inngest_events"])
    expect((await rows()`select from ${rows()(table)}`).count).toBe(0);
});
