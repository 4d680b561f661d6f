import { setImmediate as nextTurn } from "node:timers/promises";

/** As many ids as are sent, read or gone through in one turn of the event loop; more would keep others waiting. */
export const idsAtOnce = 2000;

export function* slicesOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** For lists that come whole and may be long. */
export async function eachInTurns<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  for (const slice of slicesOf(items, idsAtOnce)) {
    for (const item of slice) work(item);
    if (slice.length === idsAtOnce) await nextTurn();
  }
}
