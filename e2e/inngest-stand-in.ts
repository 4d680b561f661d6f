import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

// As much of an Inngest server as a journey needs: it takes events and registrations, and calls functions signed,
// step by step. No crons, no flow control, and a sleep is over at once.

const registration = z.object({
  url: z.string(),
  functions: z.array(
    z.object({
      id: z.string(),
      triggers: z.array(z.object({ event: z.string().optional() })),
      steps: z.object({ step: z.object({ runtime: z.object({ url: z.string() }) }) }),
    }),
  ),
});
type Registration = z.infer<typeof registration>;
const eventData = z.looseObject({ bookingId: z.string().optional() });
const sentEvents = z.array(z.looseObject({ id: z.string(), name: z.string(), data: eventData }));
export type SentEvent = z.infer<typeof sentEvents>[number];
const ops = z.array(
  z.looseObject({ id: z.string(), op: z.string(), displayName: z.string().nullish(), data: z.unknown() }),
);

type Run = {
  functionId: string;
  event: SentEvent;
  status: "running" | "completed" | "failed";
  /** The names of the steps that ended, in their order. */
  steps: string[];
};

export type StandIn = {
  /** What a product needs to know to use it. */
  settings: Record<string, string>;
  registered(): Registration | undefined;
  /** Every event that arrived, also one that was not taken or came again. */
  arrived: SentEvent[];
  runs: Run[];
  /** From now on events get no answer: `before` it takes them, or after. Undefined: it answers again. */
  fallSilent(when: "before" | "after" | undefined): void;
  /** The signature header of a call with this body. */
  sign(body: unknown, options?: { key?: string; at?: number }): string;
  stop(): Promise<void>;
};

export async function startStandIn(): Promise<StandIn> {
  const signingKey = randomBytes(32).toString("hex");
  const eventKey = randomBytes(16).toString("hex");
  const bearer = createHash("sha256").update(Buffer.from(signingKey, "hex")).digest("hex");
  const arrived: SentEvent[] = [];
  const seen = new Set<string>();
  const runs: Run[] = [];
  const unanswered: ServerResponse[] = [];
  let registered: Registration | undefined;
  let silence: "before" | "after" | undefined;

  const sign: StandIn["sign"] = (body, { key = signingKey, at = Date.now() } = {}) => {
    const seconds = Math.floor(at / 1000);
    const digest = createHmac("sha256", key)
      .update(canonical(body) + seconds)
      .digest("hex");
    return `t=${seconds}&s=${digest}`;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse((await request.toArray()).join("") || "null");
    if (request.url === "/fn/register") {
      if (request.headers.authorization !== `Bearer ${bearer}`) return reply(response, 401, {});
      registered = registration.parse(body);
      return reply(response, 200, { modified: true });
    }
    if (request.url !== `/e/${eventKey}`) return reply(response, 401, { error: "Event key not found" });
    const events = sentEvents.parse(body);
    arrived.push(...events);
    if (silence !== "before") for (const event of events) take(event);
    if (silence) unanswered.push(response);
    else reply(response, 200, { ids: events.map(({ id }) => id) });
  }

  function take(event: SentEvent): void {
    if (seen.has(event.id)) return;
    seen.add(event.id);
    for (const fn of registered?.functions ?? []) {
      if (!fn.triggers.some((trigger) => trigger.event === event.name)) continue;
      const run: Run = { functionId: fn.id, event, status: "running", steps: [] };
      runs.push(run);
      follow(run, fn.steps.step.runtime.url).catch(() => {
        run.status = "failed";
      });
    }
  }

  /** Calls the function until it is done: what it finds is called and remembered, then it is asked again. */
  async function follow(run: Run, url: string): Promise<void> {
    const memo: Record<string, unknown> = {};
    const runId = randomUUID();
    for (let found = await call("step", false); found; found = await call("step", false)) {
      const isPlanOnly = found.length > 1;
      await Promise.all(
        found.map(async (op) => {
          const [result] = op.op === "StepPlanned" ? ((await call(op.id, isPlanOnly)) ?? []) : [op];
          if (!result || !["StepRun", "Sleep"].includes(result.op)) throw new Error(`${result?.op}`);
          memo[result.id] = { type: "data", data: result.data ?? null };
          run.steps.push(result.displayName ?? result.id);
        }),
      );
    }
    run.status = "completed";

    async function call(stepId: string, isPlanOnly: boolean) {
      const body = {
        version: -1,
        event: run.event,
        events: [run.event],
        steps: memo,
        ctx: {
          run_id: runId,
          attempt: 0,
          max_attempts: 4,
          disable_immediate_execution: isPlanOnly,
          use_api: false,
          stack: { stack: Object.keys(memo), current: Object.keys(memo).length },
        },
      };
      const target = new URL(url);
      target.searchParams.set("stepId", stepId);
      const send = () =>
        fetch(target, {
          method: "POST",
          headers: { "content-type": "application/json", "x-inngest-signature": sign(body) },
          body: JSON.stringify(body),
        });
      const answered = await untilReached(send);
      const text = await answered.text();
      if (answered.status === 200) return null;
      if (answered.status !== 206) throw new Error(`${answered.status} ${text}`);
      return ops.parse(JSON.parse(text));
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => reply(response, 500, { error: String(error) }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    settings: {
      INNGEST_BASE_URL: `http://127.0.0.1:${port}`,
      INNGEST_SIGNING_KEY: signingKey,
      INNGEST_EVENT_KEY: eventKey,
    },
    registered: () => registered,
    arrived,
    runs,
    fallSilent: (when) => {
      silence = when;
      for (const response of unanswered.splice(0)) response.destroy();
    },
    sign,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ status, ...body }));
}

/** While the product is down, a call waits for it. */
async function untilReached(send: () => Promise<Response>): Promise<Response> {
  for (let left = 100; ; left -= 1) {
    try {
      return await send();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(200);
    }
  }
}

/** RFC 8785, for what JSON.parse gives. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(",")}}`;
}
