import { NonRetriableError, RetryAfterError } from "inngest";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { asUser, database } from "@/db/client";
import { inngest, sendEvent } from "../client";
import { countRuns, disconnect, endedRun, eventually, reset, rows, runEngine, send } from "./harness";

afterEach(reset);
afterAll(disconnect);

describe("steps", () => {
  test("run in order, each once, and remember what they gave", async () => {
    const calls: string[] = [];
    const fn = inngest.createFunction(
      { id: "chain", triggers: [{ event: "test/go" }] },
      async ({ event, step }) => {
        const one = await step.run("one", () => {
          calls.push("one");
          return { n: event.data.n as number };
        });
        const two = await step.run("two", () => {
          calls.push("two");
          return one.n + 1;
        });
        return { one, two };
      },
    );
    await runEngine([fn]);
    await send("test/go", { n: 4 });
    expect(await endedRun("chain")).toMatchObject({ status: "completed", output: { one: { n: 4 }, two: 5 } });
    expect(calls).toEqual(["one", "two"]);
  });

  test("side by side finish together before the run goes on, once", async () => {
    let continued = 0;
    const fn = inngest.createFunction(
      { id: "parallel", triggers: [{ event: "test/go" }] },
      async ({ step }) => {
        const all = await Promise.all(
          [1, 2, 3, 4].map((n) =>
            step.run(`part-${n}`, () => n).then((m) => step.run(`more-${n}`, () => m * 10)),
          ),
        );
        return step.run("sum", () => {
          continued += 1;
          return all.reduce((a, b) => a + b, 0);
        });
      },
    );
    await runEngine([fn]);
    await send("test/go");
    expect(await endedRun("parallel")).toMatchObject({ output: 100 });
    expect(continued).toBe(1);
  });

  test("with the same id are counted apart", async () => {
    const fn = inngest.createFunction(
      { id: "repeat", triggers: [{ event: "test/go" }] },
      async ({ step }) => {
        const seen: number[] = [];
        for (const n of [1, 2, 3]) seen.push(await step.run("same", () => n));
        return seen;
      },
    );
    await runEngine([fn]);
    await send("test/go");
    expect((await endedRun("repeat")).output).toEqual([1, 2, 3]);
  });

  test("keep values that look like memos, U+0000, lone surrogates and nothing at all", async () => {
    const odd = [
      { data: 1 },
      { error: { name: "x" } },
      { type: "data", data: 2 },
      "a\u0000b",
      "\ud800",
      null,
    ];
    const fn = inngest.createFunction(
      { id: "odd", triggers: [{ event: "test/go" }] },
      async ({ event, step }) => {
        const back: unknown[] = [];
        for (const [index, value] of odd.entries()) back.push(await step.run(`v${index}`, () => value));
        back.push(await step.run("nothing", () => undefined), event.data.text);
        return back;
      },
    );
    await runEngine([fn]);
    await send("test/go", { text: "c\u0000d" });
    expect((await endedRun("odd")).output).toEqual([...odd, null, "c\u0000d"]);
  });

  test("sleep for a second, and until an instant that has passed", async () => {
    const fn = inngest.createFunction(
      { id: "sleeper", triggers: [{ event: "test/go" }] },
      async ({ step }) => {
        const before = await step.run("before", () => Date.now());
        await step.sleepUntil("past", new Date("2020-01-01T00:00:00Z"));
        await step.sleep("nap", "1s");
        return (await step.run("after", () => Date.now())) - before;
      },
    );
    await runEngine([fn]);
    await send("test/go");
    const { output } = await endedRun("sleeper");
    expect(output).toBeGreaterThanOrEqual(1_000);
    expect(output).toBeLessThan(1_900);
  });

  test("send events that start other functions", async () => {
    const sender = inngest.createFunction(
      { id: "sender", triggers: [{ event: "test/go" }] },
      async ({ step }) =>
        step.sendEvent("tell", [
          { name: "test/told", data: { n: 1 } },
          { name: "test/told", data: { n: 2 } },
        ]),
    );
    const listener = inngest.createFunction(
      { id: "told", triggers: [{ event: "test/told" }] },
      async ({ event }) => event.data.n,
    );
    await runEngine([sender, listener]);
    await send("test/go");
    expect((await endedRun("sender")).output.ids).toHaveLength(2);
    await eventually(async () => (await countRuns("told", "completed")) === 2);
  });

  test("of a kind the engine does not know fail the run by name", async () => {
    const fn = inngest.createFunction(
      { id: "asks-too-much", triggers: [{ event: "test/go" }] },
      async ({ step }) => step.waitForSignal("wait", { signal: "s", timeout: "1m", onConflict: "fail" }),
    );
    await runEngine([fn]);
    await send("test/go");
    expect((await endedRun("asks-too-much")).error).toMatchObject({
      name: "UnsupportedOperationError",
      message: expect.stringContaining("WaitForSignal"),
    });
  });
});

describe("failures", () => {
  test("are tried again, and the next step starts counting anew", async () => {
    const attempts: number[] = [];
    const fn = inngest.createFunction(
      { id: "flaky", retries: 3, triggers: [{ event: "test/go" }] },
      async ({ step, attempt }) => {
        await step.run("third-time", () => {
          attempts.push(attempt);
          if (attempts.length < 3) throw new Error("not yet");
        });
        return step.run("next", () => attempt);
      },
    );
    await runEngine([fn]);
    await send("test/go");
    expect((await endedRun("flaky")).output).toBe(0);
    expect(attempts).toEqual([0, 1, 2]);
  });

  test("of a step reach the function's own catch when the attempts are used up", async () => {
    const fn = inngest.createFunction(
      { id: "catches", retries: 1, triggers: [{ event: "test/go" }] },
      async ({ step }) => {
        try {
          await step.run("bad", () => {
            throw new TypeError("broken");
          });
        } catch (error) {
          return { message: (error as Error).message, isError: error instanceof Error };
        }
      },
    );
    await runEngine([fn]);
    await send("test/go");
    expect((await endedRun("catches")).output).toEqual({ message: "broken", isError: true });
  });

  test("that are final end the run at once, with name, message and stack", async () => {
    let calls = 0;
    const fn = inngest.createFunction(
      { id: "final", retries: 5, triggers: [{ event: "test/go" }] },
      async ({ step }) => {
        await step.run("never", () => {
          calls += 1;
          throw new NonRetriableError("no use");
        });
      },
    );
    await runEngine([fn]);
    await send("test/go");
    const { status, error } = await endedRun("final");
    expect(status).toBe("failed");
    expect(error).toMatchObject({ message: "no use", stack: expect.stringContaining("no use") });
    expect(calls).toBe(1);
  });

  test("wait as long as RetryAfterError asks, whatever the backoff", async () => {
    const times: number[] = [];
    const fn = inngest.createFunction(
      { id: "later", retries: 1, triggers: [{ event: "test/go" }] },
      async ({ step }) =>
        step.run("busy", () => {
          times.push(Date.now());
          if (times.length === 1) throw new RetryAfterError("busy", 1_000);
        }),
    );
    await runEngine([fn]);
    await send("test/go");
    await endedRun("later");
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(950);
  });

  test("back off as the server does unless told otherwise", async () => {
    const fn = inngest.createFunction({ id: "slow-retry", triggers: [{ event: "test/go" }] }, async () => {
      throw new Error("once more");
    });
    await runEngine([fn], { retryDelayMs: undefined });
    await send("test/go");
    const waiting = await eventually(async () => {
      const [job] = await rows()<{ ms: number }[]>`
        select extract(epoch from visible_at - clock_timestamp())::float8 * 1000 as ms from inngest_jobs where attempt = 1`;
      return job;
    });
    expect(waiting.ms).toBeGreaterThan(14_000);
    expect(waiting.ms).toBeLessThan(46_000);
  });

  test("of a run reach onFailure, with the event and the error", async () => {
    const seen: unknown[] = [];
    const fn = inngest.createFunction(
      {
        id: "fails",
        retries: 0,
        triggers: [{ event: "test/go" }],
        onFailure: async ({ event, error, step }) => {
          await step.run("note", () => {
            seen.push([event.data.event.data, event.data.function_id, error.message]);
          });
        },
      },
      async () => {
        throw new Error("gone wrong");
      },
    );
    const other = inngest.createFunction(
      {
        id: "other",
        retries: 0,
        triggers: [{ event: "test/other" }],
        onFailure: async () => void seen.push("wrong one"),
      },
      async () => {},
    );
    await runEngine([fn, other]);
    await send("test/go", { x: 1 });
    expect((await endedRun("fails-failure")).status).toBe("completed");
    expect(seen).toEqual([[{ x: 1 }, "calends-fails", "gone wrong"]]);
  });
});

describe("events", () => {
  const counter = (id: string) =>
    inngest.createFunction(
      { id, triggers: [{ event: "test/a" }, { event: "test/b" }, { event: "booking/requested" }] },
      async ({ event }) => ({ id: event.id, name: event.name, data: event.data }),
    );

  test("start every function that names them", async () => {
    await runEngine([counter("first"), counter("second")]);
    await send("test/a");
    await send("test/b");
    for (const id of ["first", "second"])
      await eventually(async () => (await countRuns(id, "completed")) === 2);
  });

  test("with the same id count once", async () => {
    await runEngine([counter("once")]);
    await inngest.send([1, 2].map((n) => ({ name: "test/a", id: "same", data: { n } })));
    await send("test/a", {}, { id: "same" });
    await send("test/b", {}, { id: "last" });
    await eventually(async () => (await countRuns("once", "completed")) === 2);
    expect((await rows()`select from inngest_events`).count).toBe(2);
  });

  test("with the same id count again after a day, however they are sent", async () => {
    await runEngine([counter("daily")]);
    const aDayLater = () =>
      rows()`update inngest_events set received_at = received_at - interval '25 hours' where routed_at is not null`;
    await send("test/a", {}, { id: "same" });
    await eventually(async () => (await countRuns("daily", "completed")) === 1);
    await aDayLater();
    await send("test/a", { again: true }, { id: "same" });
    await eventually(async () => (await countRuns("daily", "completed")) === 2);
    await rows()`select inngest_send_event('test/a', '{}', 'same')`;
    await aDayLater();
    await rows()`select inngest_send_event('test/a', '{"third": true}', 'same')`;
    await eventually(async () => (await countRuns("daily", "completed")) === 3);
    expect(await rows()`select data from inngest_events`).toMatchObject([{ data: '{"third": true}' }]);
  });

  test("with a future time wait for it", async () => {
    await runEngine([counter("later-on")]);
    const ts = Date.now() + 700;
    await send("test/a", {}, { ts });
    const { id } = await endedRun("later-on");
    const [run] = await rows()<{ endedAt: Date }[]>`select ended_at from inngest_runs where id = ${id}`;
    expect(run?.endedAt.getTime()).toBeGreaterThanOrEqual(ts);
  });

  test("exist exactly when the transaction that sends them commits, also for the request role", async () => {
    await runEngine([counter("in-tx")]);
    const [bookingId, never] = [crypto.randomUUID(), crypto.randomUUID()];
    await database()
      .transaction(async (tx) => {
        await sendEvent(tx, { name: "booking/requested", data: { bookingId: never } });
        throw new Error("rolled back");
      })
      .catch(() => {});
    await asUser(crypto.randomUUID(), (tx) =>
      sendEvent(tx, { name: "booking/requested", data: { bookingId }, id: "from-a-request" }),
    );
    expect((await endedRun("in-tx")).output).toMatchObject({ id: "from-a-request", data: { bookingId } });
    expect(await countRuns("in-tx")).toBe(1);
  });
});
