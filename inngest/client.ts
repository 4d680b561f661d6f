import { randomBytes } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { Inngest, type Logger } from "inngest";
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

/** What the engine, or what stands for it in server mode, does for the SDK from the moment it starts. */
export type Host = {
  /** Answers what the SDK sends to its Inngest server. */
  answer(request: Request): Promise<Response>;
  log: Logger;
};
// Next loads this file once for pages and once for the engine; they must meet.
const shared = globalThis as typeof globalThis & { calendsInngestHost?: Host | undefined };

/** @returns takes this host away again, unless another has followed it */
export function hostBy(host: Host): () => void {
  shared.calendsInngestHost = host;
  return () => {
    if (shared.calendsInngestHost === host) shared.calendsInngestHost = undefined;
  };
}

/**
 * Whether an Inngest server runs the functions, rather than the embedded engine. The SDK reads its address and
 * keys from the environment by itself; lib/env.ts has checked them.
 */
export const usesServer = (settings: Partial<Record<string, string>> = process.env): boolean =>
  Boolean(settings.INNGEST_BASE_URL) || !["", "0", "false"].includes(settings.INNGEST_DEV ?? "");

/**
 * Without a server, signatures stay required, under a key nobody knows: a route that serves these functions by
 * mistake answers 401.
 */
const withoutServer = () => ({
  isDev: false,
  signingKey: randomBytes(32).toString("hex"),
  eventKey: "embedded",
  baseUrl: "http://embedded.invalid",
});

/** The client functions are created with. */
export const inngest = new Inngest({
  id: "calends",
  ...(usesServer() ? {} : withoutServer()),
  // One step per call in both modes, so that a function runs the same way in both.
  checkpointing: false,
  fetch: async (input, init) => {
    const host = shared.calendsInngestHost;
    if (!host) throw new Error("The engine is not running, so nobody can take this event.");
    return host.answer(new Request(input, init));
  },
  logger: {
    debug: (...args) => shared.calendsInngestHost?.log.debug(...args),
    info: (...args) => shared.calendsInngestHost?.log.info(...args),
    warn: (...args) => shared.calendsInngestHost?.log.warn(...args),
    error: (...args) => shared.calendsInngestHost?.log.error(...args),
  },
});
