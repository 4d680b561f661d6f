import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest } from "inngest";
import { serve } from "inngest/node";
import { z } from "zod";
import { inngest } from "../../client";
import { drive, type Engine } from "../engine";
import { quiet, rows, url } from "../harness";
import { handlerOf, speakWith } from "../protocol";
import type { Status, Target } from "./scenario";
import type { Recorder } from "./traces";

/** The embedded engine, in this process. */
export function embedded(recorder: Recorder): Target {
  let engine: Engine | undefined;
  return {
    client: inngest,
    patienceMs: 45_000,
    async start(functions) {
      const handle = recorder.recording(handlerOf(inngest, functions));
      engine = await drive(speakWith(handle), { databaseUrl: url(), log: quiet, retryDelayMs: 5 });
    },
    runsOf: statusesInTables,
    hurryCron: makeCronDue,
    stop: async () => engine?.stop(),
  };
}

/**
 * An Inngest server at `address` that can reach this machine: functions are offered over HTTP by the SDK's own
 * `serve()`, registered by the SDK, and looked at through the server's documented REST API.
 */
export function inngestServer(address: string): Target {
  const client = new Inngest({
    // Anew each time: the server remembers functions and idempotency keys of earlier runs.
    id: `scenarios-${Date.now().toString(36)}`,
    isDev: true,
    baseUrl: address,
    eventKey: "scenarios",
    checkpointing: false,
    logger: quiet,
  });
  let server: Server | undefined;
  return {
    client,
    patienceMs: 170_000,
    async start(functions) {
      server = createServer(serve({ client, functions, servePath: "/api/inngest" }));
      await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      const registered = await fetch(`http://127.0.0.1:${port}/api/inngest`, { method: "PUT" });
      if (!registered.ok) throw new Error(`The server took no functions: ${await registered.text()}`);
    },
    async runsOf(eventId) {
      const response = await fetch(`${address}/v1/events/${eventId}/runs`);
      if (!response.ok) return [];
      const { data } = restRuns.parse(await response.json());
      return data.map(({ status }) => statusOf(status));
    },
    stop: () => new Promise((resolve) => (server ? server.close(() => resolve()) : resolve())),
  };
}

const restRuns = z.object({
  data: z
    .array(z.object({ status: z.string() }))
    .nullish()
    .transform((list) => list ?? []),
});

function statusOf(word: string): Status {
  const status = word.toLowerCase();
  return status === "completed" || status === "failed" || status === "cancelled" ? status : "running";
}

export async function statusesInTables(eventId: string): Promise<Status[]> {
  const found = await rows()<{ status: Status }[]>`
    select status from inngest_runs where events like ${`%"id":${JSON.stringify(eventId)}%`}`;
  return found.map(({ status }) => status);
}

export async function makeCronDue(functionId: string): Promise<void> {
  await rows()`
    update inngest_jobs set run_at = date_trunc('minute', clock_timestamp()), visible_at = clock_timestamp()
    where kind = 'cron' and function_id = ${functionId}`;
}
