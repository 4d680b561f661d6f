import { closeDatabase } from "@/db/client";
import { findMismatch, type Tally } from "@/lib/availability/oracle/check";
import { describeMismatch } from "@/lib/availability/oracle/describe";
import { randomWorld } from "@/lib/availability/random-cases";

// One process of fuzz/slots.ts: every n-th batch of the cases, so that any number of processes plays the same ones.

export type Report = { tally: Tally } | { mismatch: string };

const batch = 50;
const { seed, cases, worker, workers } = JSON.parse(process.argv[2] ?? "{}");

for (let first = worker * batch; first < cases; first += workers * batch) {
  const size = Math.min(batch, cases - first);
  const { mismatch, tally } = await findMismatch(
    Array.from({ length: size }, (_, n) => randomWorld(seed, first + n)),
  );
  report(mismatch ? { mismatch: describeMismatch(mismatch, { seed, first }) } : { tally });
  if (mismatch) break;
}
await closeDatabase();
process.disconnect();

function report(said: Report): void {
  process.send?.(said);
}
