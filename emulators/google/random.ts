/** Numbers from a seed kept in the state, so that a run can be repeated and a snapshot repeats it. */
export function random(state: { seed: number }): number {
  state.seed = (state.seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state.seed ^ (state.seed >>> 15), 1 | state.seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

const base32hex = "0123456789abcdefghijklmnopqrstuv";
const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function randomId(state: { seed: number }, length = 26): string {
  return pick(state, base32hex, length);
}

export function randomToken(state: { seed: number }, length = 40): string {
  return pick(state, base62, length);
}

export function randomBetween(state: { seed: number }, min: number, max: number): number {
  return min + Math.floor(random(state) * (max - min + 1));
}

function pick(state: { seed: number }, letters: string, length: number): string {
  return Array.from({ length }, () => letters[Math.floor(random(state) * letters.length)]).join("");
}
