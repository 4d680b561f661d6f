import { NonRetriableError, RetryAfterError } from "inngest";
import { expect } from "vitest";
import { type Stage, scenario } from "./scenario";

/** What a function catches when a step throws `thrown`. */
function caught(name: string, thrown: () => unknown, expected: object) {
  return scenario(name, ({ on, send, endOf, returned }: Stage) => {
    on("go", { retries: 0 }, ({ step }) =>
      step
        .run("bad", () => {
          throw thrown();
        })
        .catch((error: Error) => ({
          isError: error instanceof Error,
          name: error.name,
          message: error.message,
          cause: error.cause instanceof Error ? error.cause.message : (error.cause ?? null),
        })),
    );
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toMatchObject({ isError: true, ...expected });
    };
  });
}

class OwnError extends Error {
  override name = "OwnError";
}

export const failures = [
  caught("a thrown TypeError", () => new TypeError("broken"), { name: "TypeError", message: "broken" }),
  caught("a thrown error of our own", () => new OwnError("ours"), { name: "OwnError", message: "ours" }),
  caught("a thrown error with a cause", () => new Error("outer", { cause: new Error("inner") }), {
    message: "outer",
  }),
  caught("a thrown string", () => "just words", { message: expect.stringContaining("just words") }),
  caught("a thrown error with U+0000", () => new Error("a\u0000b"), { message: "a\u0000b" }),

  scenario("a step is tried again and the next counts anew", ({ on, send, endOf, returned }) => {
    const attempts: number[] = [];
    on("go", { retries: 2 }, async ({ attempt, step }) => {
      await step.run("third-time", () => {
        attempts.push(attempt);
        if (attempts.length < 3) throw new Error("not yet");
      });
      return step.run("next", () => attempt);
    });
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(attempts).toEqual([0, 1, 2]);
      expect(returned(id)).toBe(0);
    };
  }),

  scenario("a body that throws is tried again and keeps its steps", ({ on, send, endOf, returned }) => {
    let steps = 0;
    let bodies = 0;
    on("go", { retries: 1 }, async ({ step }) => {
      await step.run("once", () => {
        steps += 1;
      });
      bodies += 1;
      if (bodies === 1) throw new Error("after the step");
      return "second time";
    });
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toBe("second time");
      expect(steps).toBe(1);
    };
  }),

  scenario("a step that fails to the end fails its run", ({ on, send, endOf }) => {
    let calls = 0;
    on("go", { retries: 1 }, ({ step }) =>
      step.run("bad", () => {
        calls += 1;
        throw new Error("always");
      }),
    );
    return async () => {
      expect(await endOf(await send("go"))).toBe("failed");
      expect(calls).toBe(2);
    };
  }),

  scenario("no retries means one attempt", ({ on, send, endOf }) => {
    let calls = 0;
    on("go", { retries: 0 }, () => {
      calls += 1;
      throw new Error("once");
    });
    return async () => {
      expect(await endOf(await send("go"))).toBe("failed");
      expect(calls).toBe(1);
    };
  }),

  scenario("NonRetriableError ends it at once", ({ on, send, endOf }) => {
    let calls = 0;
    on("go", { retries: 5 }, ({ step }) =>
      step.run("bad", () => {
        calls += 1;
        throw new NonRetriableError("no use");
      }),
    );
    return async () => {
      expect(await endOf(await send("go"))).toBe("failed");
      expect(calls).toBe(1);
    };
  }),

  scenario("RetryAfterError says when", ({ on, send, endOf }) => {
    const times: number[] = [];
    on("go", { retries: 1 }, ({ step }) =>
      step.run("busy", () => {
        times.push(Date.now());
        if (times.length === 1) throw new RetryAfterError("busy", 2_000);
      }),
    );
    return async () => {
      expect(await endOf(await send("go"))).toBe("completed");
      const waited = (times[1] ?? 0) - (times[0] ?? 0);
      // Whole seconds, cut off.
      expect(waited).toBeGreaterThanOrEqual(1_000);
      expect(waited).toBeLessThan(14_000);
    };
  }),

  scenario("a step error in a new error is tried again", ({ on, send, endOf, returned }) => {
    const calls = { step: 0, body: 0 };
    on("go", { retries: 1 }, async ({ step }) => {
      const error = await step
        .run("bad", () => {
          calls.step += 1;
          throw new Error("inner");
        })
        .catch((thrown: Error) => thrown);
      calls.body += 1;
      if (calls.body === 1) throw new Error(`outer: ${(error as Error).message}`);
      return calls.body;
    });
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toBe(2);
      expect(calls.step).toBe(2);
    };
  }),

  scenario("one of several parallel steps fails", ({ on, send, endOf, returned }) => {
    on("go", { retries: 1 }, async ({ step }) => {
      const ends = await Promise.allSettled([
        step.run("good", () => "fine"),
        step.run("bad", () => {
          throw new Error("broken");
        }),
        step.run("late", () => "too"),
      ]);
      return ends.map((end) => (end.status === "fulfilled" ? end.value : (end.reason as Error).message));
    });
    return async () => {
      const id = await send("go");
      expect(await endOf(id)).toBe("completed");
      expect(returned(id)).toEqual(["fine", "broken", "too"]);
    };
  }),

  scenario("onFailure gets the event and the error", ({ on, send, endOf, until, event: nameOf }) => {
    const seen: unknown[] = [];
    const id = on(
      "go",
      {
        retries: 0,
        onFailure: async ({ event, error, step }) => {
          const { function_id, event: original } = event.data;
          await step.run("note", () => {
            seen.push([function_id, original.name, original.data, error.message]);
          });
        },
      },
      () => {
        throw new Error("gone wrong");
      },
    );
    on("go-too", { retries: 0, onFailure: async () => void seen.push("not mine") }, () => {});
    return async () => {
      expect(await endOf(await send("go", { x: 1 }))).toBe("failed");
      await until(() => seen.length > 0);
      expect(seen).toEqual([[id, nameOf("go"), { x: 1 }, "gone wrong"]]);
    };
  }),
];
