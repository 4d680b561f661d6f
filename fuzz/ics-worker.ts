import { type Case, randomCase, readCorpus } from "./ics/cases";
import { findFault } from "./ics/check";
import { createMemory } from "./ics/memory";
import { closeReport, report } from "./ics/report";
import { describeFault } from "./ics/shrink";

// One process of fuzz/ics.ts: every n-th batch of the cases, so that any number of processes plays the same ones.

const batch = 25;
const { seed, cases, worker, workers } = JSON.parse(process.argv[2] ?? "{}");
const files = readCorpus();
const memory = createMemory(Math.ceil(cases / workers));

play: for (let first = worker * batch; first < cases; first += workers * batch) {
  for (let index = first; index < Math.min(first + batch, cases); index += 1) {
    const one = randomCase(seed, index, files);
    const startedAt = performance.now();
    const { fault, tally } = await findFault(one);
    if (fault !== null) {
      report({ fault: await describeFault(one, fault) });
      break play;
    }
    report({ tally, slowest: { ms: performance.now() - startedAt, name: nameOf(one) } });
    await memory.count();
  }
}
report({ memory: memory.samples() });
closeReport();

function nameOf({ index, shape, mutations, sent }: Case): string {
  return `case ${index}, ${shape}: ${mutations.join(", ")}; ${sent.body.length} octets`;
}
