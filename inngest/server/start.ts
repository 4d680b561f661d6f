import type { Logger } from "inngest";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { hostBy, inngest } from "../client";
import { connect, type Sql } from "../embedded/store/connect";
import { forget } from "../embedded/store/retention";
import { sendUnsent } from "./outbox";
import { type Repeated, repeat } from "./repeat";
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
  const outbox = repeat(
    guarded(logger, () => sendUnsent(sql, { send: (event) => inngest.send(event), log: logger })),
    { pauseMs: 60_000 },
  );
  const registration = repeat(
    guarded(logger, () => register(logger)),
    { pauseMs: 600_000 },
  );
  const retention = repeat(
    guarded(logger, () => forget(sql).then(() => true)),
    { pauseMs: 3_600_000 },
  );
  const chores: Repeated[] = [outbox, registration, retention];
  const listening = await sql.listen("inngest", outbox.wake, outbox.wake);
  registration.wake();
  retention.wake();
  await warnOfUnfinished(sql, logger);

  return {
    async stop() {
      await listening.unlisten();
      await Promise.all(chores.map((chore) => chore.stop()));
      withdraw();
      await sql.end({ timeout: 1 });
    },
  };
}

/** The SDK tries an event five times; a server that does not answer must not hold our transaction for long. */
const passOn = (request: Request) => fetch(request, { signal: AbortSignal.timeout(10_000) });

/** What an unsigned PUT asks of us: the SDK posts our functions to the server. */
async function register(logger: Logger): Promise<boolean> {
  const { host } = new URL(serveOrigin());
  const request = new Request(`${serveOrigin()}${servePath}`, { method: "PUT", headers: { host } });
  const response = await serveFunctions()(
    request as Parameters<ReturnType<typeof serveFunctions>>[0],
    undefined,
  );
  if (response.ok) logger.info({ url: request.url }, "The Inngest server knows our functions.");
  else logger.error({ answer: await response.text() }, "The Inngest server did not take our functions.");
  return response.ok;
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

function guarded(logger: Logger, work: () => Promise<boolean>): () => Promise<boolean> {
  return () =>
    work().catch((error) => {
      logger.error({ err: error }, "A chore of the Inngest server mode failed; it is tried again.");
      return false;
    });
}
