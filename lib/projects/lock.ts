import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";

/** What is read of the tree after this still holds when it is written: its changes queue here. */
export async function lockProjects(tx: Transaction): Promise<void> {
  await tx.execute(sql`select lock_projects()`);
}
