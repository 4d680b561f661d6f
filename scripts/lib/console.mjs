import { styleText } from "node:util";

/** Something a person can mend: one sentence, no stack. */
export class Failure extends Error {
  name = "Failure";
}

// A terminal that goes away (EIO, EPIPE) must not take the clean stop with it.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

/**
 * Does `work` and prints one line about it: what, what came of it, how long it took.
 * @template T
 * @param {string} name
 * @param {(note: (text: string) => void) => T | Promise<T>} work may call `note` to say what came of it
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const started = performance.now();
  let detail = "";
  if (process.stdout.isTTY) process.stdout.write(`  ${paint("dim", `… ${name}`)}`);
  try {
    const result = await work((text) => {
      detail = text;
    });
    clearLine();
    const time = seconds(performance.now() - started);
    console.log(`  ${paint("green", "✓")} ${name.padEnd(14)} ${detail.padEnd(48)} ${paint("dim", time)}`);
    return result;
  } catch (error) {
    clearLine();
    throw error;
  }
}

/** @param {unknown} error */
export function reportFailure(error) {
  const text = sentence(error) ?? (error instanceof Error ? [error.stack, error.output].join("\n") : error);
  console.error(`  ${paint("red", "✗")} ${text}`);
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`.padStart(8);
}

/**
 * @param {Parameters<typeof styleText>[0]} style
 * @param {string} text
 */
export function paint(style, text) {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;
}

/** @param {any} error */
function sentence(error) {
  if (error instanceof Failure) return error.message;
  if (["EACCES", "EPERM", "EROFS"].includes(error?.code) && error.path) {
    return `No permission to write ${error.path}. Run as the user the folder belongs to, or give this one the right to.`;
  }
  if (error?.code === "ENOSPC") return "The disk is full. Free some space and start again.";
  return undefined;
}

function clearLine() {
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[2K");
}
