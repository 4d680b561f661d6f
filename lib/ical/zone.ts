import type { Naive } from "./naive";
import { DAY } from "./naive";

/** A clock on a wall: how far it is ahead of UTC at an instant, in milliseconds. */
export interface Zone {
  readonly id: string;
  offsetAt(instant: number): number;
}

export const utc: Zone = { id: "UTC", offsetAt: () => 0 };

export function fixedZone(id: string, offset: number): Zone {
  return { id, offsetAt: () => offset };
}

export function toNaive(zone: Zone, instant: number): Naive {
  return instant + zone.offsetAt(instant);
}

/** A skipped hour takes the offset before the change, a repeated one its first occurrence (RFC 5545 §3.3.5). */
export function toInstant(zone: Zone, naive: Naive): number {
  const before = zone.offsetAt(naive - DAY);
  const after = zone.offsetAt(naive + DAY);
  if (before === after && zone.offsetAt(naive - before) === before) return naive - before;
  const first = naive - Math.max(before, after);
  const second = naive - Math.min(before, after);
  if (toNaive(zone, first) === naive) return first;
  if (toNaive(zone, second) === naive) return second;
  return naive - before;
}
