import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { env } from "@/lib/env";
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
  const client = postgres(url, { max: 20, idle_timeout: 60, connect_timeout: 10, onnotice: () => {} });
  return { client, database: drizzle(client, { schema }) };
}

/** The database as its owner: for workers, sign-in and the public booking verbs. Row-level security is not asked. */
export const database = () => connections().database;

/**
 * The same pool without Drizzle. Drizzle switches off date parsing on it: instants come back as text and
 * must go in as ISO strings.
 */
export const rawClient = () => connections().client;

/** Runs `work` in a transaction that sees and changes only what row-level security grants this user. */
export function asUser<T>(userId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return database().transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('role', 'calends_user', true), set_config('app.user_id', ${userId}, true)`,
    );
    return work(tx);
  });
}

export async function closeDatabase(): Promise<void> {
  const open = shared.calendsDatabase;
  shared.calendsDatabase = undefined;
  await open?.client.end({ timeout: 5 });
}
