import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";

/**
 * A part of a viewer's transaction that row-level security is not asked about: what follows from a change they were
 * allowed, in rows that are somebody else's.
 */
export async function asWorker<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const [before] = await tx.execute<{ role: string }>(
    sql`select current_setting('role') as role, set_config('role', 'none', true)`,
  );
  const result = await work(tx);
  await tx.execute(sql`select set_config('role', ${before?.role ?? "none"}, true)`);
  return result;
}
