import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { CommandError, lastLines, run } from "./command.mjs";
import { Failure } from "./console.mjs";

/** What is not part of the product: its folders, and tests wherever they are. */
const otherFolders = new Set([
  "node_modules",
  "e2e",
  "scripts",
  "docs",
  "bench",
  "test-results",
  "playwright-report",
]);
const isTest = /\.(test|spec)\.tsx?$/;

/**
 * `next build`, unless the last one was of the same sources.
 * @param {{ root: string, env: NodeJS.ProcessEnv, signal?: AbortSignal }} options
 * @returns {Promise<"built" | "unchanged">}
 */
export async function buildIfChanged({ root, env, signal }) {
  const stamp = join(root, ".next/calends-sources");
  const sources = fingerprint(root);
  if (isBuilt(root) && existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return "unchanged";
  rmSync(stamp, { force: true });
  try {
    await next(["build"], { root, env, signal });
  } catch (error) {
    if (signal?.aborted || !(error instanceof CommandError)) throw error;
    throw new Failure(`The build failed:\n${lastLines(error.output, 60)}`);
  }
  writeFileSync(stamp, sources);
  return "built";
}

/**
 * Runs a command of Next to its end.
 * @param {string[]} args
 * @param {{ root: string, env: NodeJS.ProcessEnv, signal?: AbortSignal }} options
 */
export function next(args, { root, env, signal }) {
  const program = join(root, "node_modules/next/dist/bin/next");
  const quiet = { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  return run(process.execPath, [program, ...args], { cwd: root, env: quiet, ...(signal && { signal }) });
}

function isBuilt(root) {
  return existsSync(join(root, ".next/BUILD_ID"));
}

/** The content of all sources as one hash. A few hundred small files: milliseconds, and no guess by dates. */
function fingerprint(root) {
  const hash = createHash("sha256");
  for (const path of sourceFiles(root).sort()) {
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update("\0");
  }
  return hash.digest("hex");
}

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || otherFolders.has(entry.name) || isTest.test(entry.name)) return [];
    if (entry.isDirectory()) return sourceFiles(path);
    return entry.isFile() && entry.name !== "next-env.d.ts" && !entry.name.endsWith(".md") ? [path] : [];
  });
}
