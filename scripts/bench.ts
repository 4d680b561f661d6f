import { parseArgs } from "node:util";
import { type Measure, print } from "@/bench/measure";

/** `npm run bench <name> [-- --json]`: runs bench/<name>.ts and prints what it measured. */
const benches: Record<string, () => Promise<{ bench(): AsyncIterable<Measure> }>> = {
  engine: () => import("@/bench/engine"),
  ics: () => import("@/bench/ics"),
  mirror: () => import("@/bench/mirror"),
  slots: () => import("@/bench/slots"),
  sync: () => import("@/bench/sync"),
};

await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean", default: false } },
  });
  const [name = ""] = positionals;
  const load = benches[name];
  if (!load) {
    console.error(`Say what to measure: ${Object.keys(benches).join(", ")}.`);
    process.exit(1);
  }
  const { bench } = await load();
  const measures: Measure[] = [];
  for await (const measure of bench()) {
    measures.push(measure);
    if (values.json) console.log(JSON.stringify({ bench: name, ...withoutBar(measure) }));
  }
  if (!values.json) print(measures);
  process.exit(0);
}

function withoutBar({ case: what, metric, value, unit }: Measure) {
  return { case: what, metric, value, unit };
}
