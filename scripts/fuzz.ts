import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Fuzz } from "@/fuzz/fuzz";

/** `npm run fuzz <name> [-- --cases N --seed S --workers W]`: runs fuzz/<name>.ts on random cases, without a seed on new ones. */
const fuzzes: Record<string, () => Promise<{ fuzz: Fuzz }>> = {
  slots: () => import("@/fuzz/slots"),
  ics: () => import("@/fuzz/ics"),
};

await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      cases: { type: "string", default: "20000" },
      seed: { type: "string" },
      workers: { type: "string" },
    },
  });
  const load = fuzzes[positionals[0] ?? ""];
  if (!load) return refuse(`Say what to try: ${Object.keys(fuzzes).join(", ")}.`);
  const cases = Number(values.cases);
  const workers = Number(values.workers ?? availableParallelism());
  if (!Number.isInteger(cases) || cases < 1) return refuse("--cases is a whole number from 1.");
  if (!Number.isInteger(workers) || workers < 1) return refuse("--workers is a whole number from 1.");
  const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
  if (!Number.isInteger(seed)) return refuse("--seed is a whole number.");
  const { fuzz } = await load();
  await run(fuzz, { seed, cases, workers });
}

async function run(fuzz: Fuzz, asked: Omit<Parameters<Fuzz>[0], "progress">): Promise<void> {
  const { seed, cases } = asked;
  console.log(`Seed ${seed}, ${cases} cases.`);
  const startedAt = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  let told = 0;
  const progress = (done: number) => {
    if (done - told < cases / 20) return;
    told = done;
    console.log(`${done} of ${cases} held, ${seconds()}`);
  };
  const { ok, text } = await fuzz({ ...asked, progress });
  console.log(`${ok ? `All ${cases} cases held` : "One did not hold"} (seed ${seed}, ${seconds()}). ${text}`);
  process.exit(ok ? 0 : 1);
}

function refuse(sentence: string): void {
  console.error(sentence);
  process.exit(1);
}
