import { expect } from "vitest";
import { type Stage, scenario } from "./scenario";

const unique = () => crypto.randomUUID();

export const events = [
  scenario("one of several triggers starts a function", ({ on, send, endOf, returned, event: nameOf }) => {
    on(["a", "b"], {}, ({ event }) => event.name);
    return async () => {
      for (const name of ["a", "b"]) {
        const id = await send(name);
        expect(await endOf(id)).toBe("completed");
        expect(returned(id)).toBe(nameOf(name));
      }
    };
  }),

  scenario("one event starts every function that names it", ({ on, send, endsOf }) => {
    const seen: string[] = [];
    on("go", {}, () => void seen.push("first"));
    on("go", {}, () => void seen.push("second"));
    return async () => {
      expect(await endsOf(await send("go"), 2)).toEqual(["completed", "completed"]);
      expect(seen.toSorted()).toEqual(["first", "second"]);
    };
  }),

  scenario("step.sendEvent starts other functions, once", ({ on, send, endOf, until, event: nameOf }) => {
    const told: unknown[] = [];
    on("go", {}, async ({ step }) => {
      const { ids } = await step.sendEvent(
        "tell",
        [1, 2].map((n) => ({ name: nameOf("told"), data: { n } })),
      );
      await step.run("after", () => {});
      return ids.length;
    });
    on("told", {}, ({ event }) => void told.push(event.data.n));
    return async () => {
      expect(await endOf(await send("go"))).toBe("completed");
      await until(() => told.length >= 2);
      expect(told.toSorted()).toEqual([1, 2]);
    };
  }),

  scenario("an event id counts once", ({ on, send, endOf, until }) => {
    const seen: unknown[] = [];
    on("go", {}, ({ event }) => void seen.push(event.data.n));
    return async () => {
      const same = unique();
      await send("go", { n: 1 }, { id: same });
      await until(() => seen.length === 1);
      await send("go", { n: 2 }, { id: same });
      expect(await endOf(await send("go", { n: 3 }))).toBe("completed");
      expect(seen).toEqual([1, 3]);
    };
  }),

  scenario("an event of the future waits for its time", ({ on, send, endOf, returned }) => {
    on("go", {}, () => Date.now());
    return async () => {
      const ts = Date.now() + 1_500;
      const id = await send("go", {}, { ts });
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toBeGreaterThanOrEqual(ts - 20);
    };
  }),

  scenario(
    "waitForEvent gets the event that matches",
    ({ on, send, sendAll, endOf, until, returned, event: nameOf }) => {
      let isWaiting = false;
      on("go", {}, async ({ step }) => {
        await step.run("ready", () => {
          isWaiting = true;
        });
        const reply = await step.waitForEvent("reply", {
          event: nameOf("reply"),
          timeout: "5m",
          match: "data.key",
        });
        return reply?.data.n ?? "none";
      });
      return async () => {
        const id = await send("go", { key: "a" });
        await until(() => isWaiting);
        // The wait begins a moment after the step; an answer may come too early, so it is given again.
        await until(async () => {
          await sendAll([
            { name: "reply", data: { key: "b", n: 1 } },
            { name: "reply", data: { key: "a", n: 2 } },
          ]);
          return returned(id) !== undefined;
        });
        expect(await endOf(id)).toBe("completed");
        expect(returned(id)).toBe(2);
      };
    },
  ),

  scenario("waitForEvent gives null when nothing comes", ({ on, send, endOf, returned, event: nameOf }) => {
    on("go", {}, async ({ step }) => {
      const reply = await step.waitForEvent("reply", { event: nameOf("reply"), timeout: "1s" });
      return step.run("after", () => [reply]);
    });
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toEqual([null]);
    };
  }),

  scenario("a cron in a time zone ticks with the server's event", ({ on, until, hurryCron }) => {
    const ticks: { name: string; cron: string }[] = [];
    const id = on({ cron: "TZ=Europe/London * * * * *" }, {}, ({ event }) => {
      ticks.push({ name: event.name, cron: (event.data as { cron: string }).cron });
    });
    return async () => {
      await hurryCron(id);
      await until(() => ticks.length > 0);
      expect(ticks[0]).toEqual({ name: "inngest/scheduled.timer", cron: "TZ=Europe/London * * * * *" });
    };
  }),
];

export const flow = [
  scenario("concurrency by key holds", ({ on, sendAll, endOf }) => {
    const now = new Map<string, number>();
    let most = 0;
    on("go", { concurrency: [{ limit: 2, key: "event.data.calendarId" }] }, async ({ event, step }) => {
      for (const id of ["a", "b"])
        await step.run(id, async () => {
          const key = String(event.data.calendarId);
          now.set(key, (now.get(key) ?? 0) + 1);
          most = Math.max(most, now.get(key) ?? 0);
          await new Promise((resolve) => setTimeout(resolve, 10));
          now.set(key, (now.get(key) ?? 0) - 1);
        });
    });
    return async () => {
      const many = Array.from({ length: 18 }, (_, n) => ({ name: "go", data: { calendarId: `c${n % 3}` } }));
      for (const id of await sendAll(many)) expect(await endOf(id)).toBe("completed");
      expect(most).toBe(2);
    };
  }),

  scenario("concurrency of the function holds", ({ on, sendAll, endOf }) => {
    let now = 0;
    let most = 0;
    on("go", { concurrency: 1 }, ({ step }) =>
      step.run("only", async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 10));
        now -= 1;
      }),
    );
    return async () => {
      for (const id of await sendAll(Array(6).fill({ name: "go" })))
        expect(await endOf(id)).toBe("completed");
      expect(most).toBe(1);
    };
  }),

  scenario("a sleeping run leaves its place to others", ({ on, send, endOf, until }) => {
    const order: unknown[] = [];
    on("go", { concurrency: 1 }, async ({ event, step }) => {
      if (event.data.sleeps) await step.sleep("nap", "2s");
      await step.run("note", () => void order.push(event.data.name));
    });
    return async () => {
      const first = await send("go", { sleeps: true, name: "sleeper" });
      const second = await send("go", { name: "quick" });
      expect(await endOf(second)).toBe("completed");
      expect(await endOf(first)).toBe("completed");
      await until(() => order.length === 2);
      expect(order).toEqual(["quick", "sleeper"]);
    };
  }),

  scenario("debounce keeps the last event of each key", ({ on, send, until }) => {
    const seen: unknown[] = [];
    on("go", { debounce: { period: "2s", key: "event.data.key" } }, ({ event }) => {
      seen.push(`${event.data.key}${event.data.n}`);
    });
    return async () => {
      for (const n of [1, 2, 3]) await send("go", { key: "a", n });
      await send("go", { key: "b", n: 4 });
      await until(() => seen.length >= 2);
      expect(seen.toSorted()).toEqual(["a3", "b4"]);
    };
  }),

  scenario("singleton skip drops what comes while one runs", ({ on, send, endOf, until, runsOf }) => {
    const opened = gate();
    const started: unknown[] = [];
    on("go", { singleton: { mode: "skip", key: "event.data.key" } }, ({ event, step }) =>
      step.run("hold", async () => {
        started.push(event.data.n);
        await opened.promise;
      }),
    );
    return async () => {
      const first = await send("go", { key: "a", n: 1 });
      await until(() => started.includes(1));
      const skipped = await send("go", { key: "a", n: 2 });
      const other = await send("go", { key: "b", n: 3 });
      await until(() => started.includes(3));
      opened.open();
      expect([await endOf(first), await endOf(other)]).toEqual(["completed", "completed"]);
      expect((await runsOf(skipped)).filter((status) => status === "completed")).toEqual([]);
      expect(await endOf(await send("go", { key: "a", n: 4 }))).toBe("completed");
      expect(started).toEqual([1, 3, 4]);
    };
  }),

  scenario("singleton cancel lets the newest win", ({ on, send, endOf, until }) => {
    const started: unknown[] = [];
    on("go", { singleton: { mode: "cancel", key: "event.data.key" } }, async ({ event, step }) => {
      await step.run("begin", () => void started.push(event.data.n));
      if (event.data.n === 1) await step.sleep("long", "1h");
    });
    return async () => {
      const first = await send("go", { key: "a", n: 1 });
      await until(() => started.includes(1));
      const second = await send("go", { key: "a", n: 2 });
      expect([await endOf(first), await endOf(second)]).toEqual(["cancelled", "completed"]);
    };
  }),

  scenario("idempotency starts one run per key", ({ on, send, endOf }: Stage) => {
    const seen: unknown[] = [];
    on("go", { idempotency: "event.data.key" }, ({ event }) => void seen.push(event.data.n));
    return async () => {
      const key = unique();
      expect(await endOf(await send("go", { key, n: 1 }))).toBe("completed");
      await send("go", { key, n: 2 });
      expect(await endOf(await send("go", { key: unique(), n: 3 }))).toBe("completed");
      expect(seen).toEqual([1, 3]);
    };
  }),

  scenario(
    "cancelOn ends the run that matches and no other",
    ({ on, send, endOf, until, returned, runsOf, event: nameOf }) => {
      const ready: unknown[] = [];
      let isOver = false;
      on("go", { cancelOn: [{ event: nameOf("stop"), match: "data.key" }] }, async ({ event, step }) => {
        await step.run("ready", () => void ready.push(event.data.key));
        for (let n = 0; n < 300 && !isOver; n += 1) await step.sleep("nap", "1s");
        return "to the end";
      });
      return async () => {
        const cancelled = await send("go", { key: "a" });
        const other = await send("go", { key: "b" });
        await until(() => ready.length === 2);
        await until(async () => {
          await send("stop", { key: "a" });
          return (await runsOf(cancelled)).includes("cancelled");
        });
        isOver = true;
        expect(await endOf(other)).toBe("completed");
        expect(returned(other)).toBe("to the end");
        expect(returned(cancelled)).toBeUndefined();
      };
    },
  ),
];

function gate() {
  let open = () => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, promise };
}
