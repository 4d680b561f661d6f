import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { AppError } from "@/lib/errors";

/**
 * Hours are reckoned in PostgreSQL, whose list of zones may be older than ours; a name it does not know would
 * break every booking page of this host.
 * @throws AppError invalid
 */
export async function checkTimeZone(tx: Transaction, timeZone: string): Promise<void> {
  const [known] = await tx.execute(
    sql`select from pg_timezone_names where lower(name) = lower(${timeZone}) limit 1`,
  );
  if (!known)
    throw new AppError("invalid", "The database does not know this time zone. Choose another one nearby.", {
      field: "timeZone",
    });
}
