import postgres from "postgres";
import { expect, test } from "vitest";
import { throwAway } from "@/scripts/lib/test-postgres";
import { oldestPostgres } from "@/scripts/lib/tools.mjs";
import { migrateDatabase } from "./migrate";

// `npm test` says loudly when PostgreSQL 15 is neither there nor to be had.
const [oldest] = oldestPostgres.find() ?? [];
const servers = [
  { name: "the embedded PostgreSQL", major: 18, bin: undefined },
  ...(oldest ? [{ name: "the oldest PostgreSQL we support", major: 15, bin: oldest }] : []),
];

test.each(servers)("migrations apply on $name, alone and by several at once", async ({ major, bin }) => {
  const server = await throwAway(bin);
  const url = `${server.address}postgres`;
  try {
    await migrateDatabase(url);
    const first = await describeSchema(url);
    expect(first.version).toBe(major);
    expect(first.tables).toContain("bookings");

    await Promise.all([migrateDatabase(url), migrateDatabase(url), migrateDatabase(url)]);
    expect(await describeSchema(url)).toEqual(first);
  } finally {
    await server.stop();
  }
});

async function describeSchema(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [server] = await sql`select current_setting('server_version_num')::int / 10000 as version`;
    const tables =
      await sql`select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`;
    const [migrations] = await sql`select count(*)::int as count from drizzle.__drizzle_migrations`;
    return {
      version: server?.version,
      tables: tables.map(({ relname }) => relname),
      migrations: migrations?.count,
    };
  } finally {
    await sql.end();
  }
}
