import { sql } from "drizzle-orm";
import { database } from "@/db/client";

/** Whether this process can do its work: it can when the database answers. */
export async function isHealthy(): Promise<boolean> {
  return database()
    .execute(sql`select 1`)
    .then(
      () => true,
      () => false,
    );
}
