import { fileURLToPath } from "node:url";
import type { Fuzz } from "./fuzz";
import type { Tally } from "./ics/check";
import { growthOf, type Sample } from "./ics/memory";
import type { Report, Slowest } from "./ics/report";
import { inProcesses } from "./processes";

/** Feeds broken by chance are read, in threads, without crash, hang, leak or an answer that contradicts itself (docs/recurrence.md). */
export const fuzz: Fuzz = async ({ progress, ...asked }) => {
  const total: Tally = { cases: 0, refused: 0, events: 0, occurrences: 0, skipped: 0 };
  const memories: Sample[][] = [];
  let slowest: Slowest = { ms: 0, name: "" };
  const fault = await inProcesses<Report>(
    "./ics-worker.ts",
    asked,
    (said) => {
      if ("fault" in said) return said.fault;
      if ("memory" in said) {
        memories.push(said.memory);
        return null;
      }
      for (const name of Object.keys(total) as (keyof Tally)[]) total[name] += said.tally[name];
      if (said.slowest.ms > slowest.ms) slowest = said.slowest;
      progress(total.cases);
      return null;
    },
    ["--expose-gc", ...imported.flatMap((file) => ["--import", file])],
  );
  if (fault) return { ok: false, text: fault };
  if (total.cases !== asked.cases) throw new Error(`Only ${total.cases} of ${asked.cases} cases were read.`);
  const leak = findLeak(memories);
  const text = [
    `${total.refused} were refused with a sentence; the others had ${total.events} events with ${total.occurrences} occurrences, and ${total.skipped} components were skipped and counted.`,
    `Slowest, with all that is done to a case: ${Math.round(slowest.ms)} ms (${slowest.name}).`,
    ...memories.map(wordsOf),
  ].join("\n");
  return { ok: leak === null, text: leak === null ? text : `${leak}\n${text}` };
};

/** tsx leaves threads out; and they are to say how much they use. */
const imported = ["../scripts/lib/typescript-threads.mjs", "./ics/measured-threads.mjs"].map((file) =>
  fileURLToPath(new URL(file, import.meta.url)),
);

/** Megabytes that a thousand cases may add to what is in use. */
const mostGrowth = { main: 1, threads: 1 };
const fewest = 2_000;

function findLeak(memories: Sample[][]): string | null {
  for (const samples of memories) {
    const growth = growthOf(samples);
    // After a few cases, whatever is loaded late looks like a leak.
    if (!growth || (samples.at(-1)?.cases ?? 0) < fewest) continue;
    if (growth.main > mostGrowth.main || growth.threads > mostGrowth.threads) return "Memory is lost:";
  }
  return null;
}

function wordsOf(samples: Sample[]): string {
  const last = samples.at(-1);
  const growth = growthOf(samples);
  if (!last || !growth) return "Too few cases to say whether memory is lost.";
  const of = (name: "main" | "threads" | "rss") =>
    `${last[name].toFixed(1)} MB (${growth[name].toFixed(2)} more for each 1,000 cases)`;
  return `In use after ${last.cases} cases of a process: ${of("main")}; by its threads ${of("threads")}; of the machine ${of("rss")}.`;
}
