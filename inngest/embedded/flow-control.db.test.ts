import { afterAll, afterEach, describe, expect, test } from "vitest";
import { inngest } from "../client";
import { countRuns, disconnect, endedRun, eventually, gate, reset, rows, runEngine, send } from "./harness";

afterEach(reset);
afterAll(disconnect);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("no key ever has more steps in flight than its limit, with two engines at work", async () => {
  const now = new Map<string, number>();
  let most = 0;
  let total = 0;
  let mostTotal = 0;
  const fn = inngest.createFunction(
    {
      id: "limited",
      concurrency: [{ limit: 2, key: "event.data.calendarId" }, { limit: 5 }],
      triggers: [{ event: "test/go" }],
    },
    async ({ event, step }) => {
      for (const id of ["a", "b"])
        await step.run(id, async () => {
          const key = String(event.data.calendarId);
          now.set(key, (now.get(key) ?? 0) + 1);
          total += 1;
          most = Math.max(most, now.get(key) ?? 0);
          mostTotal = Math.max(mostTotal, total);
          await pause(5);
          now.set(key, (now.get(key) ?? 0) - 1);
          total -= 1;
        });
    },
  );
  await runEngine([fn]);
  await runEngine([fn]);
  await inngest.send(
    Array.from({ length: 40 }, (_, n) => ({ name: "test/go", data: { calendarId: `c${n % 4}` } })),
  );
  await eventually(async () => (await countRuns("limited", "completed")) === 40, 20_000);
  expect(most).toBe(2);
  expect(mostTotal).toBeLessThanOrEqual(5);
  expect((await rows()`select from inngest_jobs`).count).toBe(0);
});

test("a parked job comes back although its wake-up was lost", async () => {
  const fn = inngest.createFunction(
    { id: "parked", concurrency: 1, triggers: [{ event: "test/go" }] },
    async () => "done",
  );
  const engine = await runEngine([fn]);
  await engine.stop();
  await rows()`
    insert into inngest_runs (id, function_id, events, concurrency_keys, concurrency_limits)
    values ('r1', 'calends-parked', '[{"name":"test/go","data":{}}]', '{calends-parked}', '{1}')`;
  await rows()`
    insert into inngest_jobs (id, kind, function_id, run_id, visible_at, parked_on, concurrency_keys, concurrency_limits)
    values ('r1:discovery', 'discovery', 'calends-parked', 'r1', null, 'calends-parked', '{calends-parked}', '{1}')`;
  await runEngine([fn]);
  expect((await endedRun("parked")).output).toBe("done");
});

test("idempotency starts one run per key and day", async () => {
  const fn = inngest.createFunction(
    { id: "idem", idempotency: "event.data.key", triggers: [{ event: "test/go" }] },
    async () => {},
  );
  await runEngine([fn]);
  await inngest.send(["a", "a", "b"].map((key) => ({ name: "test/go", data: { key } })));
  await eventually(async () => (await countRuns("idem", "completed")) === 2);
  await rows()`update inngest_runs set created_at = created_at - interval '25 hours'`;
  await send("test/go", { key: "a" });
  await eventually(async () => (await countRuns("idem", "completed")) === 3);
});

test("debounce gives one run the last of several events", async () => {
  const fn = inngest.createFunction(
    { id: "debounced", debounce: { period: "1s", key: "event.data.key" }, triggers: [{ event: "test/go" }] },
    async ({ event }) => event.data.n,
  );
  await runEngine([fn]);
  for (const n of [1, 2, 3]) await send("test/go", { key: "a", n });
  expect((await endedRun("debounced")).output).toBe(3);
  expect(await countRuns("debounced")).toBe(1);
});

describe("singleton", () => {
  test("skip drops what comes while one runs", async () => {
    const { open, opened } = gate();
    const fn = inngest.createFunction(
      { id: "skips", singleton: { mode: "skip", key: "event.data.key" }, triggers: [{ event: "test/go" }] },
      async ({ step }) => step.run("wait", () => opened),
    );
    await runEngine([fn]);
    await inngest.send(["a", "a", "b"].map((key) => ({ name: "test/go", data: { key } })));
    await eventually(async () => (await countRuns("skips", "running")) === 2);
    open();
    await eventually(async () => (await countRuns("skips", "completed")) === 2);
    await send("test/go", { key: "a" });
    await eventually(async () => (await countRuns("skips", "completed")) === 3);
  });

  test("cancel lets the newest win", async () => {
    const fn = inngest.createFunction(
      { id: "gives-way", singleton: { mode: "cancel" }, triggers: [{ event: "test/go" }] },
      async ({ event, step }) => {
        if (event.data.n !== 3) await step.sleep("long", "1h");
        return event.data.n;
      },
    );
    await runEngine([fn]);
    await inngest.send([1, 2, 3].map((n) => ({ name: "test/go", data: { n } })));
    await eventually(async () => (await countRuns("gives-way", "completed")) === 1);
    expect(await countRuns("gives-way", "cancelled")).toBe(2);
  });
});

describe("an awaited event", () => {
  const waiter = inngest.createFunction(
    { id: "waiter", triggers: [{ event: "test/go" }] },
    async ({ event, step }) => {
      const reply = await step.waitForEvent("reply", {
        event: "test/reply",
        timeout: event.data.timeout as string,
        match: "data.key",
      });
      return reply?.data.n ?? "none";
    },
  );

  test("goes to the run whose value it matches", async () => {
    await runEngine([waiter]);
    await send("test/go", { key: "a", timeout: "1h" });
    await eventually(async () => (await rows()`select from inngest_waits`).count === 1);
    await inngest.send([
      { name: "test/reply", data: { key: "b", n: 1 } },
      { name: "test/reply", data: { key: "a", n: 2 } },
    ]);
    expect((await endedRun("waiter")).output).toBe(2);
    expect((await rows()`select from inngest_jobs`).count).toBe(0);
  });

  test("that does not come is null", async () => {
    await runEngine([waiter]);
    await send("test/go", { key: "a", timeout: "1s" });
    expect((await endedRun("waiter")).output).toBe("none");
  });
});

test("cancelOn ends the run whose value matches, even in the same batch, and no other", async () => {
  const fn = inngest.createFunction(
    {
      id: "cancellable",
      cancelOn: [{ event: "test/stop", match: "data.key" }],
      triggers: [{ event: "test/go" }],
    },
    async ({ event, step }) => {
      if (event.data.key === "a") await step.sleep("long", "1h");
    },
  );
  await runEngine([fn]);
  await inngest.send([
    { name: "test/go", data: { key: "a" } },
    { name: "test/go", data: { key: "b" } },
    { name: "test/stop", data: { key: "a" } },
  ]);
  await eventually(async () => (await countRuns("cancellable", "cancelled")) === 1);
  await eventually(async () => (await countRuns("cancellable", "completed")) === 1);
  expect((await rows()`select from inngest_jobs`).count).toBe(0);
});
