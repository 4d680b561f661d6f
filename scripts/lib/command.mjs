import { spawn } from "node:child_process";

/** A command that did not end well, with all it printed. */
export class CommandError extends Error {
  name = "CommandError";

  /**
   * @param {string} command
   * @param {number | string | null} code exit code, or the signal's name
   * @param {string} output stdout and stderr as they came
   */
  constructor(command, code, output) {
    super(`${command} ended with ${code}`);
    this.code = code;
    this.output = output;
  }
}

/**
 * Runs a command to its end and returns what it printed.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options] `signal` kills it: npm would take minutes to
 *   undo what it did, and all we run can be killed and run again. `detached` keeps the terminal's Ctrl-C from it
 * @returns {Promise<{ stdout: string, output: string }>}
 */
export function run(command, args, { signal: abort, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    const end = () => child.kill("SIGKILL");
    if (abort?.aborted) end();
    abort?.addEventListener("abort", end);
    let stdout = "";
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      output += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.once("error", reject);
    child.once("close", (code, signal) => {
      abort?.removeEventListener("abort", end);
      if (code === 0) resolve({ stdout, output });
      else reject(new CommandError(command, signal ?? code, output));
    });
  });
}

/** @param {string} text @param {number} count */
export function lastLines(text, count) {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}
