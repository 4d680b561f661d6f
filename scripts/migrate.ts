import { sqlStateOf } from "@/db/errors";
import { migrateDatabase } from "@/db/migrate";
import { env, SettingsError } from "@/lib/env";

const insufficientPrivilege = "42501";

try {
  await migrateDatabase(env().DATABASE_URL);
} catch (error) {
  console.error(sentence(error));
  process.exitCode = 1;
}

/** npm start prints this as it is. */
function sentence(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const message = rootMessage(error);
  if (sqlStateOf(error) === insufficientPrivilege) {
    return `The database user of DATABASE_URL may not do what the schema needs (${message}). Let it own its database and give it CREATEROLE.`;
  }
  return `The database could not be brought up to date: ${message}`;
}

/** Drizzle's own message is the whole statement; PostgreSQL's, below it, says what was wrong. */
function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? rootMessage(error.cause) : error.message;
}
