import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/**
 * Brings the database at `url` to the newest schema: migrations once each, then the functions, which are
 * `create or replace` and so are simply installed again. Several processes may call it at once.
 * @param folder the project's `db` folder
 */
export async function migrateDatabase(url: string, folder = join(process.cwd(), "db")): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await client`select pg_advisory_lock(hashtext('calends:migrate'))`;
    await migrate(drizzle(client), { migrationsFolder: join(folder, "migrations") });
    await installFunctions(client, join(folder, "functions"));
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function installFunctions(client: postgres.Sql, folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const bodies = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  await client.begin(async (tx) => {
    for (const body of bodies) await tx.unsafe(body);
  });
}
