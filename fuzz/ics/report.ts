import type { Tally } from "./check";
import type { Sample } from "./memory";

/** What a process of the fuzz says to the one that started it. */
export type Report =
  | { tally: Tally; slowest: Slowest }
  /** In words, with where the feed lies. */
  | { fault: string }
  | { memory: Sample[] };

export type Slowest = { ms: number; name: string };

export function report(said: Report): void {
  process.send?.(said);
}

/** A thread that waits for the next feed does not keep the process. */
export function closeReport(): void {
  process.disconnect();
}
