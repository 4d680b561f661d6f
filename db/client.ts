import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/lib/env";
import { againAfterDeadlock } from "./errors";
import { preparing } from "./prepared";
import { keepParametersOutOfErrors } from "./quiet-errors";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

type Connections = { client: postgres.Sql; database: Database };
// Next's development server reloads modules; the pool must outlive them.
const shared = globalThis as typeof globalThis & { calendsDatabase?: Connections | undefined };

function connections(): Connections {
  shared.calendsDatabase ??= connect(env().DATABASE_URL);
  return shared.calendsDatabase;
}

function connect(url: string): Connections {
  keepParametersOutOfErrors();
  const client: postgres.Sql = postgres(url, {
    max: 20,
    connect_timeout: 10,
    onnotice: () => {},
    // None is closed for its age, so that one that closes has died.
    max_lifetime: null,
    onclose: () => replace(client),
  });
  return { client, database: drizzle(preparing(client), { schema }) };
}

// A connection of postgres.js that dies with something still to write reconnects, and never writes again: every later
// query on it runs into its time limit. So the first one that dies takes all of them with it; the next query opens new.
function replace(client: postgres.Sql): void {
  if (shared.calendsDatabase?.client !== client) return;
  shared.calendsDatabase = undefined;
  client.end({ timeout: 30 }).catch(() => {});
}

/**
 * The database as its owner: for workers, sign-in and the public booking verbs. Row-level security is not asked. Ask
 * for it anew each time: after an outage it is another one.
 */
export const database = () => connections().database;

/**
 * Runs `work` in a transaction that sees and changes only what row-level security grants this user; once more, from its
 * beginning, when it met others in a circle.
 */
export function asUser<T>(userId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return againAfterDeadlock(() =>
    database().transaction(async (tx) => {
      await tx.execute(
        sql`select set_config('role', 'calends_user', true), set_config('app.user_id', ${userId}, true)`,
      );
      return work(tx);
    }),
  );
}

export async function closeDatabase(): Promise<void> {
  const open = shared.calendsDatabase;
  shared.calendsDatabase = undefined;
  await open?.client.end({ timeout: 5 });
}
