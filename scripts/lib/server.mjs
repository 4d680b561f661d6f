import { spawn } from "node:child_process";
import { get } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "./console.mjs";

const guard = new URL("./server-guard.mjs", import.meta.url).href;
const patience = 30_000;

/**
 * @typedef {object} Server
 * @property {number} pid
 * @property {Promise<void>} ready once it answers
 * @property {Promise<string>} ended how it ended: a signal's name or "code 1"
 * @property {() => boolean} isRunning
 * @property {(signal: NodeJS.Signals) => void} kill
 * @property {(force?: AbortSignal) => Promise<void>} stop lets requests finish, for 30 s or until `force`
 */

/**
 * `next start` or `next dev`, as a process that never outlives this one.
 * @param {object} options
 * @param {string} options.root
 * @param {"start" | "dev"} options.command
 * @param {number} options.port
 * @param {NodeJS.ProcessEnv} options.env
 * @param {import("node:child_process").StdioOptions} [options.output] stdin, stdout, stderr; passed through when unset
 * @returns {Server & { child: import("node:child_process").ChildProcess }}
 */
export function startServer({ root, command, port, env, output = ["ignore", "inherit", "inherit"] }) {
  const program = join(root, "node_modules/next/dist/bin/next");
  const child = spawn(process.execPath, ["--import", guard, program, command, "--port", String(port)], {
    cwd: root,
    env: {
      ...env,
      // The engine gives its leases back before the process goes (instrumentation-node.ts).
      ...(command === "start" && { NEXT_MANUAL_SIG_HANDLE: "1" }),
      NODE_ENV: command === "dev" ? "development" : "production",
      NEXT_TELEMETRY_DISABLED: "1",
    },
    // The channel carries no messages: its end tells the server that we are gone.
    stdio: [...(Array.isArray(output) ? output : [output, output, output]), "ipc"],
  });
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
    child.once("error", (error) => resolve(error.message));
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const ready = untilReady(port, isRunning);
  // Who stops the server before it is ready does not ask any more.
  ready.catch(() => {});
  return {
    child,
    pid: child.pid ?? 0,
    ready,
    ended,
    isRunning,
    kill: (signal) => void child.kill(signal),
    stop: async (force) => {
      const kill = () => void child.kill("SIGKILL");
      const timer = setTimeout(kill, patience);
      if (force?.aborted) kill();
      else force?.addEventListener("abort", kill);
      child.kill("SIGTERM");
      await ended;
      clearTimeout(timer);
      force?.removeEventListener("abort", kill);
    },
  };
}

async function untilReady(port, isRunning) {
  while (isRunning()) {
    if (await answers(`http://127.0.0.1:${port}/api/health`)) return;
    await wait(50);
  }
  throw new Failure("The server ended while it started; its own words are above.");
}

/** Any answer will do: the routes are up, and what they say of the database is another question. */
function answers(url) {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 60_000 }, (response) => {
      response.resume().once("close", () => resolve(true));
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(false));
  });
}
