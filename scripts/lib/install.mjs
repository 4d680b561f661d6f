import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError, lastLines, run } from "./command.mjs";
import { Failure } from "./console.mjs";

/**
 * `npm ci`, unless node_modules already holds what package-lock.json names.
 * @param {{ root: string, signal?: AbortSignal }} options
 * @returns {Promise<"installed" | "up to date">}
 */
export async function installDependencies({ root, signal }) {
  if (isInstalled(root)) return "up to date";
  // Build and tests need the development packages too, whatever NODE_ENV says.
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  // npm's own patience is over a minute for a host that is simply not there.
  const patience = ["--fetch-retries=3", "--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=8000"];
  try {
    await npm([...args, ...patience], { cwd: root, ...(signal && { signal }) });
  } catch (error) {
    throw signal?.aborted ? error : installFailure(error);
  }
  if (!isInstalled(root)) throw new Failure("npm ci left node_modules incomplete. Start again.");
  return "installed";
}

/**
 * npm as the one that runs us, else the one in the path.
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 */
export function npm(args, options) {
  const own = process.env.npm_execpath;
  return own?.endsWith(".js") ? run(process.execPath, [own, ...args], options) : run("npm", args, options);
}

/** npm notes in node_modules what it put there, last of all; packages of other platforms are left out. */
function isInstalled(root) {
  const note = join(root, "node_modules/.package-lock.json");
  if (!existsSync(note)) return false;
  const installed = packages(note);
  return Object.entries(packages(join(root, "package-lock.json")))
    .filter(([path]) => path !== "")
    .every(([path, { version, optional }]) => {
      if (!installed[path]) return optional === true;
      return installed[path].version === version && existsSync(join(root, path, "package.json"));
    });
}

function packages(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}

function installFailure(error) {
  if (error.code === "ENOENT")
    return new Failure("npm was not found. It comes with Node; install it and start again.");
  if (!(error instanceof CommandError)) return error;
  const { output } = error;
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED/.test(output)
  ) {
    return new Failure(
      "The packages could not be fetched: no connection to the npm registry. Check the network, or npm's proxy and registry settings, and start again.",
    );
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return new Failure("npm may not write node_modules here. Run as the user the folder belongs to.");
  }
  return new Failure(`The packages could not be installed. npm said:\n${lastLines(output, 15)}`);
}
