import { randomBytes } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { Inngest } from "inngest";
import pino from "pino";
import type { AppEvent } from "./events";

type Outgoing = {
  /** An event with an id that was seen before is not sent again. */
  id?: string;
  /** When its functions start; unset: now. */
  startsAt?: Date;
};
type Executes = { execute(query: SQL): PromiseLike<unknown> };

/** Sends an event within `tx`: it exists exactly when that transaction commits. */
export async function sendEvent(tx: Executes, event: AppEvent & Outgoing): Promise<void> {
  await tx.execute(sql`
    select inngest_send_event(${event.name}, ${JSON.stringify(event.data)}, ${event.id ?? null}::text,
      ${event.startsAt?.toISOString() ?? null}::timestamptz)`);
}

/** Answers what the SDK would have sent to an Inngest server. The engine puts itself here when it starts. */
export type Gateway = (request: Request) => Promise<Response>;
const shared = globalThis as typeof globalThis & { calendsInngestGateway?: Gateway | undefined };

/** @returns takes this gateway away again, unless another has followed it */
export function answerWith(gateway: Gateway): () => void {
  shared.calendsInngestGateway = gateway;
  return () => {
    if (shared.calendsInngestGateway === gateway) shared.calendsInngestGateway = undefined;
  };
}

/**
 * The client functions are created with. Signatures stay required, under a key nobody knows: a route that
 * serves these functions by mistake answers 401.
 */
export const inngest = new Inngest({
  id: "calends",
  isDev: false,
  signingKey: randomBytes(32).toString("hex"),
  eventKey: "embedded",
  baseUrl: "http://embedded.invalid",
  checkpointing: false,
  logger: pino({ level: process.env.LOG_LEVEL || "info" }).child({ part: "inngest" }),
  fetch: async (input, init) => {
    const gateway = shared.calendsInngestGateway;
    if (!gateway) throw new Error("The engine is not running, so nobody can take this event.");
    return gateway(new Request(input, init));
  },
});
