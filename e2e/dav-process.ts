import { type ChildProcess, spawn } from "node:child_process";
import type { Tool } from "@/scripts/lib/tools.mjs";

export type DavProcess = {
  stop(): Promise<void>;
  /** Accepts connections and answers nobody, until it may go on. */
  pause(): void;
  resume(): void;
  /** Refuses connections, until it is turned on again. Keeps what it holds. */
  turnOff(): Promise<void>;
  turnOn(): Promise<void>;
};

/** Runs a server of the tests until it is stopped, once it answers at `url`. */
export async function startDav(
  tool: Tool,
  { args, url, onStop }: { args: string[]; url: string; onStop: () => void },
): Promise<DavProcess> {
  const [command, ...first] = tool.find() ?? [];
  if (!command) throw new Error(`${tool.name} is missing. ${tool.hint}`);
  let server: ChildProcess;
  const turnOn = async () => {
    server = spawn(command, [...first, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    try {
      await waitFor(tool, server, url);
    } catch (error) {
      server.kill("SIGKILL");
      throw error;
    }
  };
  const turnOff = () => terminate(server);
  const stop = async () => {
    await turnOff();
    onStop();
  };
  await turnOn();
  return {
    stop,
    pause: () => void server.kill("SIGSTOP"),
    resume: () => void server.kill("SIGCONT"),
    turnOff,
    turnOn,
  };
}

/** @throws when it ends or stays silent */
async function waitFor({ name, debian }: Tool, server: ChildProcess, url: string): Promise<void> {
  let said = "";
  let failure: string | null = null;
  server.stderr?.on("data", (text) => {
    said += text;
  });
  server.once("error", (error) => {
    failure = `${name} could not be started (Debian package "${debian}"): ${error.message}`;
  });
  server.once("exit", (code) => {
    failure ??= `${name} ended with ${code}: ${said}`;
  });
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if (failure) throw new Error(failure);
    const isUp = await fetch(url, { redirect: "manual" }).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${name} did not answer: ${said}`);
}

async function terminate(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = new Promise((done) => server.once("exit", done));
  server.kill("SIGTERM");
  const timer = setTimeout(() => server.kill("SIGKILL"), 3_000);
  await exited;
  clearTimeout(timer);
}
