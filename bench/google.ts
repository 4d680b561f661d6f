import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { leadTo, type SomeGoogle } from "@/db/factories/google";

/** An emulated Google in a process of its own, so that what is measured is ours, and its settings in this one. */
export async function startGoogleProcess(): Promise<SomeGoogle & { stop(): void }> {
  const child = fork(fileURLToPath(new URL("./google-process.ts", import.meta.url)));
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  const admin = new Proxy({} as SomeGoogle["admin"], {
    get: (_, name) => (argument: unknown) => ask(`${url}/_admin/${String(name)}`, argument),
  });
  const google = { url, admin };
  await leadTo(google);
  return { ...google, stop: () => void child.kill() };
}

async function ask(url: string, argument: unknown = {}): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(argument),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${url}: ${JSON.stringify(answer)}`);
  return answer;
}
