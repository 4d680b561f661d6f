import { randomUUID } from "node:crypto";
import { NonRetriableError } from "inngest";
import { afterAll, afterEach, expect, test } from "vitest";
import { inngest } from "@/inngest/client";
import {
  disconnect,
  endedRun,
  eventually,
  gate,
  reset,
  rows,
  runEngine,
  send,
} from "@/inngest/embedded/harness";
import { viewerOf } from "@/lib/auth/viewer";
import { cancelRun } from "@/lib/runs/cancel";
import { retryRun } from "@/lib/runs/retry";

// What an administrator does, while the engine runs.

afterEach(reset);
afterAll(disconnect);

const admin = viewerOf({ id: randomUUID(), role: "admin" });

test("a cancelled run goes no further, and what its step brings is dropped", async () => {
  const [inStep, mayEnd] = [gate(), gate()];
  let hasGoneOn = false;
  const fn = inngest.createFunction(
    { id: "cancelled", triggers: [{ event: "test/go" }] },
    async ({ step }) => {
      await step.run("slow", async () => {
        inStep.open();
        await mayEnd.opened;
        return "too late";
      });
      await step.run("next", () => {
        hasGoneOn = true;
      });
    },
  );
  const warned = gate();
  const log = { debug() {}, info() {}, error() {}, warn: () => warned.open() };
  await runEngine([fn], { log });
  await send("test/go");
  await inStep.opened;
  const [{ id } = { id: "" }] = await rows()<{ id: string }[]>`select id from inngest_runs`;
  await cancelRun(admin, id);
  mayEnd.open();
  await warned.opened;

  expect(await endedRun("cancelled")).toMatchObject({ id, status: "cancelled", output: null });
  expect(await rows()`select from inngest_steps`).toHaveLength(0);
  expect(await rows()`select from inngest_jobs`).toHaveLength(0);
  expect(hasGoneOn).toBe(false);
});

test("a retried run starts at once, with the same event, and does every step again", async () => {
  let isBroken = true;
  const seen: unknown[] = [];
  const fn = inngest.createFunction(
    { id: "retried", retries: 0, triggers: [{ event: "test/go" }] },
    async ({ event, step }) => {
      await step.run("look", () => void seen.push(event.data));
      return step.run("work", () => {
        if (isBroken) throw new NonRetriableError("The cause is still there.");
        return "done";
      });
    },
  );
  await runEngine([fn]);
  await send("test/go", { n: 1 });
  const failed = await endedRun("retried");
  expect(failed).toMatchObject({ status: "failed", error: { message: "The cause is still there." } });

  isBroken = false;
  const again = await retryRun(admin, failed.id);
  await eventually(async () => {
    const [run] = await rows()<{ status: string }[]>`select status from inngest_runs where id = ${again}`;
    return run?.status === "completed";
  });
  expect(seen).toEqual([{ n: 1 }, { n: 1 }]);
  expect(await rows()`select from inngest_runs`).toHaveLength(2);
});
