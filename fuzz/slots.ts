import type { Tally } from "@/lib/availability/oracle/check";
import { copyTemplate, startTestPostgres } from "@/scripts/lib/test-postgres";
import { applyTestSettings } from "@/scripts/lib/test-settings";
import type { Fuzz } from "./fuzz";
import { inProcesses } from "./processes";
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
    const mismatch = await inProcesses<Report>("./slots-worker.ts", asked, (said) => {
      if ("mismatch" in said) return said.mismatch;
      total.cases += said.tally.cases;
      total.slots += said.tally.slots;
      total.empty += said.tally.empty;
      progress(total.cases);
      return null;
    });
    if (mismatch) return { ok: false, text: mismatch };
    if (total.cases !== asked.cases)
      throw new Error(`Only ${total.cases} of ${asked.cases} cases were compared.`);
    return { ok: true, text: `${total.slots} slots; nothing was free in ${total.empty} cases.` };
  }
};
