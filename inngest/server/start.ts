import type { Logger } from "inngest";
import { NextRequest } from "next/server";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { hostBy, inngest } from "../client";
import { connect, type Sql } from "../embedded/store/connect";
import { forget } from "../embedded/store/retention";
import { sendUnsent } from "./outbox";
import { repeat } from "./repeat";
import { serveFunctions, serveOrigin, servePath } from "./serve";

export type ServerMode = { stop(): Promise<void> };

/**
 * Ties this process to an Inngest server: tells it of our functions, and sends it what transactions have put into
 * the outbox, at once when one commits and every minute what a crash has left behind.
 */
export async function startServerMode(): Promise<ServerMode> {
  const logger = log().child({ part: "inngest" });
  const withdraw = hostBy({ answer: passOn, log: logger });
  const sql = connect(env().DATABASE_URL, 1);
  const outbox = repeat(() => sendUnsent(sql, { send: (event) => inngest.send(event), log: logger }), {
    pauseMs: 60_000,
    log: logger,
  });
  const registration = repeat(register, { pauseMs: 600_000, log: logger });
  const retention = repeat(() => forget(sql).then(() => true), { pauseMs: 3_600_000, log: logger });
  const listening = await sql.listen("inngest", outbox.wake, outbox.wake);
  registration.wake();
  retention.wake();
  await warnOfUnfinished(sql, logger);
  logger.info(
    { server: inngest.apiBaseUrl, url: `${serveOrigin()}${servePath}` },
    "An Inngest server runs the functions.",
  );

  return {
    async stop() {
      await listening.unlisten();
      await Promise.all([outbox, registration, retention].map((chore) => chore.stop()));
      withdraw();
      await sql.end({ timeout: 1 });
    },
  };
}

/** The SDK tries an event five times, and a stop waits for it. */
const passOn = (request: Request) => fetch(request, { signal: AbortSignal.timeout(4_000) });

/** What an unsigned PUT asks of us: the SDK posts our functions to the server. */
async function register(): Promise<true> {
  const { host } = new URL(serveOrigin());
  const request = new NextRequest(`${serveOrigin()}${servePath}`, { method: "PUT", headers: { host } });
  const response = await serveFunctions()(request, undefined);
  if (!response.ok)
    throw new Error(`The Inngest server did not take our functions: ${await response.text()}`);
  return true;
}

async function warnOfUnfinished(sql: Sql, logger: Logger): Promise<void> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from inngest_runs where status = 'running'`;
  if (row?.n)
    logger.warn(
      { runs: row.n },
      "The embedded engine left runs unfinished; they go on where it runs (docs/scaling.md).",
    );
}
