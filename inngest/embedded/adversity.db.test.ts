import type { InngestFunction } from "inngest";
import { afterAll, afterEach, describe, expect, onTestFinished, test } from "vitest";
import { tolerateLateRollbacks, wireTo } from "@/db/factories/outage";
import { inngest } from "../client";
import { valuesIn } from "./flow-control";
import { readFunction } from "./function-config";
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
import { handlerOf, speakWith } from "./protocol";
import { routeEvents } from "./router";
import { connect } from "./store/connect";
import { findWaits } from "./store/waits";

afterEach(reset);
afterAll(disconnect);

const plain = (id: string, event = "test/go") =>
  inngest.createFunction({ id, triggers: [{ event }] }, async ({ event }) => event.data.n);

describe("an event nobody can hand out does not hold up the others", () => {
  test("when its data is no JSON", async () => {
    await runEngine([plain("heir")]);
    await rows()`select inngest_send_event('test/go', 'no json')`;
    await send("test/go", { n: 1 });
    expect((await endedRun("heir")).output).toBe(1);
  });

  test("when its time is no time PostgreSQL reads", async () => {
    await runEngine([plain("heir")]);
    await send("test/go", { n: 0 }, { ts: Date.now() * 1_000 });
    await send("test/go", { n: 1 });
    await eventually(async () => (await countRuns("heir", "completed")) >= 1);
  });

  test("when what it is matched by is long", async () => {
    const fn = inngest.createFunction(
      {
        id: "long-match",
        cancelOn: [{ event: "test/stop", match: "data.text" }],
        triggers: [{ event: "test/go" }],
      },
      async ({ step }) => step.sleep("long", "1h"),
    );
    await runEngine([fn]);
    const text = Array.from({ length: 5_000 }, () => Math.random().toString(36).slice(2)).join("");
    await send("test/go", { text });
    await eventually(async () => (await countRuns("long-match", "running")) === 1);
    await send("test/stop", { text: `${text}!` });
    await send("test/stop", { text });
    await eventually(async () => (await countRuns("long-match", "cancelled")) === 1);
  });
});

describe("a result that cannot be written", () => {
  test("because of its name is written under a name that can", async () => {
    const fn = inngest.createFunction(
      { id: "odd-name", triggers: [{ event: "test/go" }] },
      async ({ step }) => {
        await step.run("half a \ud83d", () => 1);
        return step.run("none\u0000", () => 2);
      },
    );
    await runEngine([fn]);
    await send("test/go");
    expect((await endedRun("odd-name")).output).toBe(2);
  });

  test("is given up after five tries, a while apart", async () => {
    const fn = inngest.createFunction(
      { id: "unwritable", triggers: [{ event: "test/go" }] },
      async ({ step }) => {
        await step.run("one", () => "refused");
      },
    );
    await rows()`alter table inngest_steps add constraint no_refused check (value <> '"refused"')`;
    onTestFinished(async () => void (await rows()`alter table inngest_steps drop constraint no_refused`));
    await runEngine([fn]);
    await send("test/go");
    for (const lost of [1, 2, 3, 4]) {
      await eventually(
        async () =>
          (
            await rows()`select from inngest_jobs where lost >= ${lost} and lease_token is null
              and visible_at > leased_at + ${lost} * interval '100 ms'`
          ).count === 1,
      );
      await rows()`update inngest_jobs set visible_at = clock_timestamp() where lease_token is null`;
    }
    expect((await endedRun("unwritable")).error).toMatchObject({
      message: expect.stringContaining("no_refused"),
    });
  }, 60_000);

  test("because the connection died is written on the next, and its step not run again", async () => {
    let calls = 0;
    const fn = inngest.createFunction({ id: "cut-off", triggers: [{ event: "test/go" }] }, async ({ step }) =>
      step.run("one", () => {
        calls += 1;
      }),
    );
    tolerateLateRollbacks();
    await runEngine([fn]);
    await rows()`
      create function slow_memo() returns trigger language plpgsql as $$ begin perform pg_sleep(0.5); return new; end $$`;
    await rows()`create trigger slow_memo before insert on inngest_steps for each row execute function slow_memo()`;
    onTestFinished(async () => {
      await rows()`drop trigger slow_memo on inngest_steps`;
      await rows()`drop function slow_memo`;
    });
    await send("test/go");
    await eventually(
      async () =>
        (
          await rows()`select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`
        ).count > 0,
    );
    await endedRun("cut-off");
    expect(calls).toBe(1);
  });
});

describe("an outage of the database", () => {
  test("of some seconds is survived, and events wake the engine again at once", async () => {
    tolerateLateRollbacks();
    const wire = await wireTo(url());
    onTestFinished(wire.close);
    await runEngine([plain("waker")], { databaseUrl: wire.url });
    wire.cut();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await wire.mend();
    await eventually(
      async () =>
        (
          await rows()`select from pg_stat_activity where query ilike 'listen%' and datname = current_database()`
        ).count > 0,
      15_000,
    );
    await rows()`select inngest_send_event('test/go', '{"n":1}')`;
    expect((await endedRun("waker")).output).toBe(1);
  }, 40_000);

  test("does not keep the engine from stopping", async () => {
    tolerateLateRollbacks();
    const wire = await wireTo(url());
    const engine = await runEngine([plain("stopper")], { databaseUrl: wire.url, stopLimitMs: 100 });
    wire.cut();
    const began = Date.now();
    await engine.stop();
    expect(Date.now() - began).toBeLessThan(10_000);
  });
});

test("a step that sends an event while the engine stops has sent it", async () => {
  const { open, opened } = gate();
  let isRunning = false;
  const fn = inngest.createFunction(
    { id: "farewell", retries: 0, triggers: [{ event: "test/go" }] },
    async ({ step }) =>
      step.run("send", async () => {
        isRunning = true;
        await opened;
        await inngest.send({ name: "test/farewell", data: {} });
      }),
  );
  const engine = await runEngine([fn]);
  await send("test/go");
  await eventually(() => isRunning);
  const stopped = engine.stop();
  open();
  await stopped;
  expect((await rows()`select from inngest_events where name = 'test/farewell'`).count).toBe(1);
  expect((await rows()`select from inngest_steps where not is_error`).count).toBe(1);
});

describe("with two processes at work", () => {
  /** Routes as one of several processes does that were started in the same second. */
  async function router(functions: InngestFunction.Any[]) {
    const registered = await speakWith(handlerOf(inngest, functions)).register();
    const known = new Map(registered.map(readFunction).map((fn) => [fn.id, fn]));
    const sql = connect(url(), 1);
    onTestFinished(() => sql.end());
    return () => routeEvents({ sql, functions: known, bornAt: 0, log: quiet });
  }

  /** The first event is still being handed out when the second is sent and taken. */
  async function routeTogether(
    functions: InngestFunction.Any[],
    first: string,
    second: string,
    data: object,
  ) {
    await rows()`
      create function slow_run() returns trigger language plpgsql as $$ begin perform pg_sleep(0.2); return new; end $$`;
    await rows()`create trigger slow_run before insert on inngest_runs for each row execute function slow_run()`;
    onTestFinished(async () => {
      await rows()`drop trigger slow_run on inngest_runs`;
      await rows()`drop function slow_run`;
    });
    const [one, other] = [await router(functions), await router(functions)];
    const json = (n: number) => JSON.stringify({ ...data, n });
    await rows()`select inngest_send_event(${first}, ${json(1)})`;
    const routed = one();
    await eventually(
      async () =>
        (
          await rows()`select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`
        ).count > 0,
    );
    await rows()`select inngest_send_event(${second}, ${json(2)})`;
    await Promise.all([routed, other()]);
  }

  test("cancelOn finds the run of an event that another process is handing out", async () => {
    const fn = inngest.createFunction(
      {
        id: "stoppable",
        cancelOn: [{ event: "test/stop", match: "data.key" }],
        triggers: [{ event: "test/go" }],
      },
      async () => {},
    );
    await routeTogether([fn], "test/go", "test/stop", { key: "a" });
    expect(await countRuns("stoppable", "cancelled")).toBe(1);
  });

  test("singleton cancel lets the newest win", async () => {
    const fn = inngest.createFunction(
      { id: "newest", singleton: { mode: "cancel" }, triggers: [{ event: "test/go" }] },
      async () => {},
    );
    await routeTogether([fn], "test/go", "test/go", {});
    expect(
      await rows()`select status, events::json #>> '{0,data,n}' as n from inngest_runs order by created_at`,
    ).toEqual([
      { status: "cancelled", n: "1" },
      { status: "running", n: "2" },
    ]);
  });

  test("an event that only the newer one understands is left to it, and not for ever", async () => {
    const [old, newer] = [plain("known"), plain("only-newer", "test/new")];
    const older = await runEngine([old]);
    await rows()`select pg_sleep(1.1)`;
    const younger = await runEngine([old, newer]);
    await Promise.all(Array.from({ length: 20 }, (_, n) => send("test/new", { n })));
    await eventually(async () => (await countRuns("only-newer", "completed")) === 20);
    await younger.stop();
    await rows()`select inngest_send_event('test/go', '{}')`;
    await eventually(async () => (await countRuns("known", "completed")) === 1);
    await older.stop();
  });

  test("the cron of a function that only the newer one has stays", async () => {
    const yearly = inngest.createFunction(
      { id: "yearly", triggers: [{ cron: "0 0 1 1 *" }] },
      async () => {},
    );
    await runEngine([yearly]);
    await runEngine([plain("known")]);
    expect((await rows()`select from inngest_jobs where kind = 'cron'`).count).toBe(1);
  });
});

test("a run started again by hand listens for what cancels it", async () => {
  const fn = inngest.createFunction(
    {
      id: "again",
      retries: 0,
      cancelOn: [{ event: "test/stop", match: "data.key" }],
      triggers: [{ event: "test/go" }],
    },
    async ({ step }) => {
      if ((await countRuns("again")) === 1) throw new Error("the first time");
      await step.sleep("long", "1h");
    },
  );
  await runEngine([fn]);
  await send("test/go", { key: "a" });
  const { id } = await endedRun("again");
  await rows()`select inngest_retry_run(${id})`;
  await eventually(async () => (await rows()`select from inngest_jobs where kind = 'sleep'`).count === 1);
  await send("test/stop", { key: "b" });
  await send("test/stop", { key: "a" });
  await eventually(async () => (await countRuns("again", "cancelled")) === 1);
});

test("an event among 20,000 waits finds its own at once", async () => {
  const fn = inngest.createFunction(
    {
      id: "many",
      cancelOn: [{ event: "test/stop", match: "data.of.key" }],
      triggers: [{ event: "test/go" }],
    },
    async ({ step }) => step.sleep("long", "1h"),
  );
  await runEngine([fn]);
  await rows()`
    insert into inngest_runs (id, function_id, events) select 'r' || n, 'calends-x', '[]' from generate_series(1, 20000) n`;
  await rows()`
    insert into inngest_waits (run_id, event_name, match_path, match_value, expires_at)
    select 'r' || n, 'test/stop', 'of.key', '"k' || n || '"', clock_timestamp() + interval '1 hour'
    from generate_series(1, 20000) n`;
  await rows()`analyze inngest_waits`;
  const sql = connect(url(), 1);
  onTestFinished(() => sql.end());
  const began = performance.now();
  const found = await findWaits(sql, [
    { name: "test/stop", values: valuesIn({ of: { key: "k7" }, more: [1, null] }) },
  ]);
  expect(found.map(({ runId }) => runId)).toEqual(["r7"]);
  expect(performance.now() - began).toBeLessThan(100);
  await send("test/stop", { of: { key: "k9" } });
  await eventually(
    async () => (await rows()`select from inngest_runs where status = 'cancelled'`).count === 1,
  );
});
