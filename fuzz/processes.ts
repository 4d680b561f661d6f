import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A process of a fuzz: which share of the cases it plays. */
export type Share = { seed: number; cases: number; workers: number; worker: number };

/**
 * Plays the cases in several processes, each of which gets its share as JSON. The first that finds something stops all.
 * @param file beside this one
 * @param hear what a process says; text for what was found, else null
 * @returns what was found, or null
 */
export async function inProcesses<Said>(
  file: string,
  asked: Omit<Share, "worker">,
  hear: (said: Said) => string | null,
  execArgv: string[] = [],
): Promise<string | null> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const stop = new AbortController();
  const run = (worker: number) =>
    new Promise<string | null>((resolve, reject) => {
      const child = fork(path, [JSON.stringify({ ...asked, worker })], {
        signal: stop.signal,
        execArgv: [...process.execArgv, ...execArgv],
      });
      child.on("message", (said) => {
        // What a process sends is what its file says it does.
        const found = hear(said as Said);
        if (found === null) return;
        resolve(found);
        stop.abort();
      });
      child.on("error", (error) => (stop.signal.aborted ? resolve(null) : reject(error)));
      child.on("exit", (code) =>
        code === 0 ? resolve(null) : reject(new Error(`A worker ended with ${code}.`)),
      );
    });
  const found = await Promise.all(Array.from({ length: asked.workers }, (_, worker) => run(worker)));
  return found.find((text) => text !== null) ?? null;
}
