import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Tally } from "@/lib/availability/oracle/check";
import { copyTemplate, startTestPostgres } from "@/scripts/lib/test-postgres";
import { applyTestSettings } from "@/scripts/lib/test-settings";
import type { Fuzz } from "./fuzz";
import type { Report } from "./slots-worker";

/** get_available_slots and the oracle answer random worlds alike (docs/availability.md). */
export const fuzz: Fuzz = async ({ progress, ...asked }) => {
  const server = await startTestPostgres();
  try {
    await copyTemplate(server.address, "fuzz");
    applyTestSettings(`${server.address}fuzz`);
    return await compare();
  } finally {
    await server.stop();
  }

  async function compare() {
    const total: Tally = { cases: 0, slots: 0, empty: 0 };
    const count = ({ cases, slots, empty }: Tally) => {
      total.cases += cases;
      total.slots += slots;
      total.empty += empty;
      progress(total.cases);
    };
    const stop = new AbortController();
    const all = Array.from({ length: asked.workers }, (_, worker) => work({ ...asked, worker }, stop, count));
    const mismatch = (await Promise.all(all)).find((text) => text !== null);
    if (mismatch) return { ok: false, text: mismatch };
    if (total.cases !== asked.cases)
      throw new Error(`Only ${total.cases} of ${asked.cases} cases were compared.`);
    return { ok: true, text: `${total.slots} slots; nothing was free in ${total.empty} cases.` };
  }
};

type Work = { seed: number; cases: number; workers: number; worker: number };

/** One process with its share of the cases. Resolves to a mismatch, or null; the first mismatch stops all. */
function work(work: Work, stop: AbortController, count: (tally: Tally) => void): Promise<string | null> {
  const file = fileURLToPath(new URL("./slots-worker.ts", import.meta.url));
  const child = fork(file, [JSON.stringify(work)], { signal: stop.signal });
  return new Promise((resolve, reject) => {
    child.on("message", (report: Report) => {
      if ("tally" in report) return count(report.tally);
      resolve(report.mismatch);
      stop.abort();
    });
    child.on("error", (error) => (stop.signal.aborted ? resolve(null) : reject(error)));
    child.on("exit", (code) =>
      code === 0 ? resolve(null) : reject(new Error(`A worker ended with ${code}.`)),
    );
  });
}
