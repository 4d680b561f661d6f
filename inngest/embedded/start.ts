import type { InngestFunction } from "inngest";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { createEngine, type Engine, type EngineOptions } from "./engine";

// Next's development server loads this file anew on a change; the engine before must go, or old functions run on.
const shared = globalThis as typeof globalThis & { calendsEngine?: Promise<Engine> | undefined };

/** Starts the durable engine of this process, in place of one that ran before. */
export async function startEngine(
  functions: readonly InngestFunction.Any[],
  options: Partial<EngineOptions> = {},
): Promise<Engine> {
  const before = shared.calendsEngine;
  shared.calendsEngine = replace(before, functions, options);
  return shared.calendsEngine;
}

async function replace(
  before: Promise<Engine> | undefined,
  functions: readonly InngestFunction.Any[],
  options: Partial<EngineOptions>,
): Promise<Engine> {
  await (await before?.catch(() => undefined))?.stop();
  const { DATABASE_URL, RETRY_DELAY_MS } = env();
  return createEngine(functions, {
    databaseUrl: DATABASE_URL,
    retryDelayMs: RETRY_DELAY_MS,
    log: log().child({ part: "engine" }),
    ...options,
  });
}
