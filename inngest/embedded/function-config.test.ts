import { expect, test } from "vitest";
import { inngest } from "../client";
import { readFunction } from "./function-config";
import { handlerOf, speakWith } from "./protocol";

type Options = Parameters<typeof inngest.createFunction>[0];

async function read(options: Partial<Options>) {
  const fn = inngest.createFunction(
    { id: "sync", triggers: [{ event: "test/go" }], ...options },
    async () => {},
  );
  return (await speakWith(handlerOf(inngest, [fn])).register()).map(readFunction);
}

test("reads what the SDK registers", async () => {
  const [fn, failure] = await read({
    retries: 7,
    triggers: [{ event: "test/go" }, { event: "test/also" }, { cron: "TZ=Europe/London 0 9 * * 1-5" }],
    concurrency: [{ limit: 1, key: "event.data.calendarId" }, { limit: 10 }],
    debounce: { period: "10s", key: "event.data.account.id", timeout: "1m30s" },
    singleton: { mode: "skip" },
    idempotency: "event.data.requestId",
    cancelOn: [{ event: "test/stop", match: "data.calendarId", timeout: "1h" }],
    onFailure: async () => {},
  });
  expect(fn).toEqual({
    id: "calends-sync",
    name: "sync",
    events: ["test/go", "test/also"],
    crons: ["TZ=Europe/London 0 9 * * 1-5"],
    failureOf: null,
    maxAttempts: 8,
    concurrency: [
      { limit: 1, key: ["calendarId"] },
      { limit: 10, key: null },
    ],
    debounce: { key: ["account", "id"], periodMs: 10_000, timeoutMs: 90_000 },
    singleton: { key: null, mode: "skip" },
    idempotency: ["requestId"],
    cancelOn: [{ event: "test/stop", match: ["calendarId"], timeoutMs: 3_600_000 }],
  });
  expect(failure).toMatchObject({ id: "calends-sync-failure", failureOf: "calends-sync", maxAttempts: 2 });
});

test("four retries are the default, as on the server", async () => {
  expect((await read({}))[0]?.maxAttempts).toBe(5);
});

test.each<[string, Partial<Options>]>([
  ["throttle", { throttle: { limit: 1, period: "1m" } }],
  ["rateLimit", { rateLimit: { limit: 1, period: "1m" } }],
  ["priority", { priority: { run: "event.data.vip ? 100 : 0" } }],
  ["batchEvents", { batchEvents: { maxSize: 3, timeout: "3s" } }],
  ["timeouts", { timeouts: { start: "10s" } }],
  ["concurrency", { concurrency: { limit: 1, key: "event.data.a + event.data.b" } }],
  ["concurrency", { concurrency: { limit: 1, key: '"all"', scope: "account" } }],
  ["concurrency", { concurrency: 0 }],
  ["idempotency", { idempotency: "event.name" }],
  ["cancelOn", { cancelOn: [{ event: "test/stop", if: "async.data.a > 3" }] }],
  ["triggers.if", { triggers: [{ event: "test/go", if: "event.data.a == 1" }] }],
  ["triggers", { triggers: [{ event: "test/*" }] }],
  ["triggers", { triggers: [] }],
])("refuses %s by name", async (option, options) => {
  await expect(read(options)).rejects.toThrow(
    new RegExp(`"calends-sync": its option "${option.replace(".", "\\.")}[^"]*" is not supported`),
  );
});

test.each(["* * * *", "0 0 * * * *", "TZ=Mars/Base 0 9 * * *", "61 * * * *", "0 0 30 2 *"])(
  "refuses the cron %s",
  async (cron) => {
    await expect(read({ triggers: [{ cron }] })).rejects.toThrow(
      /"calends-sync": its option "triggers.cron"/,
    );
  },
);
