import { setImmediate as nextTurn } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";

/** As many ids as are sent or read in one turn of the event loop; more would keep others waiting. */
export const idsAtOnce = 5000;

export function* slicesOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

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

/** For lists that come whole and may be long. */
export async function eachInTurns<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  for (const slice of slicesOf(items, idsAtOnce)) {
    for (const item of slice) work(item);
    if (slice.length === idsAtOnce) await nextTurn();
  }
}
