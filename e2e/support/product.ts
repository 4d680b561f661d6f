import { randomBytes } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "@/db/schema";
import { makeFormToken } from "@/lib/booking/form-token";
import { freePort } from "@/scripts/lib/port.mjs";
import { type Server, startServer } from "@/scripts/lib/server.mjs";
import { createSetupLink } from "@/scripts/lib/setup-link";
import { copyTemplate, dropDatabase } from "@/scripts/lib/test-postgres";

/** A running Calends of one's own: the built server on a new database. */
export type Product = {
  url: string;
  databaseUrl: string;
  /** Where the first account is made. Works once. */
  setupLink: string;
  /** What its sessions are made with. */
  authSecret: string;
  /** What comes with free times and goes back with a booking, a minute old. */
  form(): string;
  /** What the server printed so far. */
  log(): string;
  /** SIGKILL, as a power cut would. Comes back when the process is gone. */
  kill9(): Promise<void>;
  /** The same product on the same database and port, stopped first if it runs. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** @param options.env settings that differ from a journey's usual ones */
export async function startProduct({ env = {} }: { env?: Record<string, string> } = {}): Promise<Product> {
  const postgresServer = process.env.E2E_POSTGRES ?? "";
  const name = `e2e_${randomBytes(8).toString("hex")}`;
  const databaseUrl = `${postgresServer}${name}`;
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const settings = { ...journeySettings(), ...env, DATABASE_URL: databaseUrl, APP_URL: url, PORT: `${port}` };
  let printed = "";
  let server: Server;

  async function start() {
    const started = startServer({
      root: process.cwd(),
      command: "start",
      port,
      env: { ...process.env, ...settings },
      output: "pipe",
    });
    for (const stream of [started.child.stdout, started.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
      });
    }
    server = started;
    await started.ready.catch((error) => {
      throw new Error(`${error.message}\n${printed}`);
    });
  }

  await copyTemplate(postgresServer, name);
  await start();
  return {
    url,
    databaseUrl,
    setupLink: await makeSetupLink(databaseUrl, url),
    authSecret: settings.AUTH_SECRET,
    form: () => makeFormToken(new Date(Date.now() - 60_000), settings.AUTH_SECRET),
    log: () => printed,
    kill9: async () => {
      server.kill("SIGKILL");
      await server.ended;
    },
    restart: async () => {
      if (server.isRunning()) await server.stop();
      await start();
    },
    stop: async () => {
      if (server.isRunning()) await server.stop();
      await dropDatabase(postgresServer, name);
    },
  };
}

function journeySettings() {
  return {
    AUTH_SECRET: randomBytes(32).toString("hex"),
    FERNET_KEYS: `${randomBytes(32).toString("base64url")}=`,
    ALLOW_PRIVATE_ADDRESSES: "true",
    RETRY_DELAY_MS: "200",
    LOG_LEVEL: "info",
    // Visitors come from addresses of their own (postBooking), as through a reverse proxy.
    TRUSTED_PROXIES: "1",
  };
}

async function makeSetupLink(databaseUrl: string, appUrl: string): Promise<string> {
  const client = postgres(databaseUrl, { max: 1 });
  try {
    return (await createSetupLink(drizzle(client, { schema }), appUrl)) ?? "";
  } finally {
    await client.end();
  }
}
