import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { idsAtOnce } from "./slices";

/** The ids of many rows, in their order. @param select those that come after one, as `id` */
export async function* listIds(tx: Transaction, select: (after: string) => SQL): AsyncGenerator<string[]> {
  for (let after: string | undefined = ""; after !== undefined; ) {
    const rows: { id: string }[] = await tx.execute<{ id: string }>(
      sql`${select(after)} order by id limit ${idsAtOnce}`,
    );
    if (rows.length > 0) yield rows.map(({ id }) => id);
    after = rows.length < idsAtOnce ? undefined : rows.at(-1)?.id;
  }
}
