import { parseArgs } from "node:util";
import { startDemoGoogle } from "@/emulators/google/demo";

/** `npm run emulator google [-- --port 4010]`: a stand-in for a provider, on loopback, until Ctrl-C. */
const starts: Record<string, (port: number) => Promise<string[]>> = { google: startDemoGoogle };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: "string", default: "4010" } },
});
const [name = ""] = positionals;
const start = Object.hasOwn(starts, name) ? starts[name] : undefined;
if (!start) {
  console.error(`Which one? npm run emulator ${Object.keys(starts).join("|")}`);
  process.exit(1);
}
for (const line of await start(Number(values.port))) console.log(line);
