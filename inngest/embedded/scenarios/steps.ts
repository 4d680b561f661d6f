import { expect } from "vitest";
import { scenario } from "./scenario";

export const steps = [
  scenario("steps run in order, each once", ({ on, send, endOf, returned }) => {
    const calls: string[] = [];
    on("go", {}, async ({ event, step }) => {
      const one = await step.run("one", () => {
        calls.push("one");
        return { n: event.data.n as number };
      });
      const two = await step.run("two", () => {
        calls.push("two");
        return one.n + 1;
      });
      return { one, two };
    });
    return async () => {
      const id = await send("go", { n: 4 });
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toEqual({ one: { n: 4 }, two: 5 });
      expect(calls).toEqual(["one", "two"]);
    };
  }),

  scenario("a function without steps completes", ({ on, send, endOf, returned }) => {
    on("go", {}, ({ event }) => event.data.n);
    return async () => {
      const id = await send("go", { n: 7 });
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toBe(7);
    };
  }),

  scenario("parallel chains finish and go on once", ({ on, send, endOf, returned }) => {
    const calls: string[] = [];
    on("go", {}, async ({ step }) => {
      const chains = [1, 2, 3, 4].map(async (n) => {
        const first = await step.run(`first-${n}`, () => n);
        return step.run(`second-${n}`, () => {
          calls.push(`second-${n}`);
          return first * 10;
        });
      });
      const all = await Promise.all(chains);
      return step.run("sum", () => {
        calls.push("sum");
        return all.reduce((a, b) => a + b, 0);
      });
    });
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toBe(100);
      expect(calls.toSorted()).toEqual(["second-1", "second-2", "second-3", "second-4", "sum"]);
    };
  }),

  scenario("a step beside a sleep", ({ on, send, endOf, returned }) => {
    on("go", {}, async ({ step }) => {
      const [value] = await Promise.all([step.run("work", () => "worked"), step.sleep("nap", "1s")]);
      return step.run("after", () => `${value} and slept`);
    });
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toBe("worked and slept");
    };
  }),

  scenario("twenty steps side by side", ({ on, send, endOf, returned }) => {
    on("go", {}, ({ step }) =>
      Promise.all(Array.from({ length: 20 }, (_, n) => step.run(`part-${n}`, () => n * n))),
    );
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toEqual(Array.from({ length: 20 }, (_, n) => n * n));
    };
  }),

  scenario("a step id that repeats is counted apart", ({ on, send, endOf, returned }) => {
    on("go", {}, async ({ step }) => {
      const seen: number[] = [];
      for (const n of [1, 2, 3]) seen.push(await step.run("same", () => n));
      return seen;
    });
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toEqual([1, 2, 3]);
    };
  }),

  scenario("a step id that repeats side by side", ({ on, send, endOf, returned }) => {
    on("go", {}, ({ step }) => Promise.all(["a", "b", "c"].map((name) => step.run("same", () => name))));
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toEqual(["a", "b", "c"]);
    };
  }),

  scenario("a sleep lasts", ({ on, send, endOf }) => {
    const times: number[] = [];
    on("go", {}, async ({ step }) => {
      await step.run("before", () => void times.push(Date.now()));
      await step.sleep("nap", "1s");
      await step.run("after", () => void times.push(Date.now()));
    });
    return async () => {
      expect(await endOf(await send("go"))).toBe("completed");
      expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
    };
  }),

  scenario("side by side with room for one", ({ on, send, endOf, returned }) => {
    on("go", { concurrency: 1 }, ({ step }) =>
      Promise.all(["a", "b"].map((name) => step.run(name, () => name))),
    );
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toEqual(["a", "b"]);
    };
  }),

  scenario(
    "sleepUntil waits for an instant and not for one that has passed",
    ({ on, send, endOf, returned }) => {
      on("go", {}, async ({ event, step }) => {
        await step.sleepUntil("past", new Date("2020-01-01T00:00:00Z"));
        await step.sleepUntil("soon", new Date(event.data.until as number));
        return step.run("after", () => Date.now());
      });
      return async () => {
        const until = Date.now() + 1_500;
        const id = await send("go", { until });
        expect(await endOf(id)).toBe("completed");
        expect(returned(id)).toBeGreaterThanOrEqual(until);
      };
    },
  ),

  // Most of them only pass the time: the SDK spends 0.2 ms on each step it replays, in every call, so that a
  // thousand calls would take minutes on any server.
  scenario("a thousand steps", ({ on, send, endOf, returned }) => {
    on("go", {}, async ({ step }) => {
      let sum = 0;
      for (let n = 1; n <= 40; n += 1) sum += await step.run("add", () => n);
      const passed = new Date("2020-01-01T00:00:00Z");
      const naps = Array.from({ length: 960 }, () => step.sleepUntil("nap", passed));
      return sum + (await Promise.all(naps)).length;
    });
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toBe(820 + 960);
    };
  }),
];
