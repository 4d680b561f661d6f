import { closeDatabase } from "@/db/client";
import { findMismatch, type Tally } from "@/lib/availability/oracle/check";
import { describeMismatch } from "@/lib/availability/oracle/describe";
import { randomWorld } from "@/lib/availability/random-cases";
import { copyTemplate, startTestPostgres } from "@/scripts/lib/test-postgres";
import { applyTestSettings } from "@/scripts/lib/test-settings";
import type { Fuzz } from "./fuzz";

const batch = 50;

/** get_available_slots and the oracle answer random worlds alike (docs/availability.md). */
export const fuzz: Fuzz = async ({ seed, cases, progress }) => {
  const server = await startTestPostgres();
  try {
    await copyTemplate(server.address, "fuzz");
    applyTestSettings(`${server.address}fuzz`);
    return await compare();
  } finally {
    await closeDatabase();
    await server.stop();
  }

  async function compare() {
    const total: Tally = { cases: 0, slots: 0, empty: 0 };
    while (total.cases < cases) {
      const size = Math.min(batch, cases - total.cases);
      const first = total.cases;
      const worlds = Array.from({ length: size }, (_, n) => randomWorld(seed, first + n));
      const { mismatch, tally } = await findMismatch(worlds);
      if (mismatch) return { ok: false, text: describeMismatch(mismatch, { seed, first }) };
      total.cases += tally.cases;
      total.slots += tally.slots;
      total.empty += tally.empty;
      progress(total.cases);
    }
    return { ok: true, text: `${total.slots} slots; nothing was free in ${total.empty} cases.` };
  }
};
