import { createHash } from "node:crypto";

/** Random choices that are the same for the same seed, for tests: mulberry32 behind a hash of the seed. */
export type Dice = ReturnType<typeof makeDice>;

export function makeDice(seed: string) {
  let state = createHash("sha256").update(seed).digest().readUInt32LE();
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** From `low` to `high`, both possible; a multiple of `step` away from `low`. */
  const int = (low: number, high: number, step = 1) =>
    low + step * Math.floor(next() * (Math.floor((high - low) / step) + 1));
  const chance = (probability: number) => next() < probability;
  const pick = <T>(from: readonly T[]): T => {
    const one = from[int(0, from.length - 1)];
    if (one === undefined) throw new Error("There is nothing to pick from.");
    return one;
  };
  const times = <T>(low: number, high: number, make: (n: number) => T): T[] =>
    Array.from({ length: int(low, high) }, (_, n) => make(n));
  const hex = (length: number) => Array.from({ length }, () => int(0, 15).toString(16)).join("");
  const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  return { int, chance, pick, times, uuid };
}
