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
 * @param {import("node:child_process").SpawnOptions} [options] `signal` ends it early; `detached` keeps the
 *   terminal's Ctrl-C from it
 * @returns {Promise<{ stdout: string, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
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
      if (code === 0) resolve({ stdout, output });
      else reject(new CommandError(command, signal ?? code, output));
    });
  });
}

/** @param {string} text @param {number} count */
export function lastLines(text, count) {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}
