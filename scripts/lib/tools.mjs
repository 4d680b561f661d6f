// What the tests need beside npm's packages: a browser, two CalDAV servers, the oldest PostgreSQL we support.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "./command.mjs";

/**
 * @typedef {object} Tool
 * @property {string} name
 * @property {string} debian its package there
 * @property {string} hint how to get it elsewhere
 * @property {() => string[] | undefined} find the command that runs it
 */

/** @type {Tool} */
export const browser = {
  name: "Chromium",
  debian: "chromium",
  hint: "Install Chromium or Chrome, or run: npx playwright install chromium. CHROMIUM_PATH names one elsewhere.",
  find: () =>
    asCommand(
      process.env.CHROMIUM_PATH ??
        inPath("chromium", "chromium-browser", "google-chrome", "google-chrome-stable") ??
        firstThere("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", ...playwrightBrowsers()),
    ),
};

/** @type {Tool} */
export const radicale = {
  name: "Radicale",
  debian: "radicale",
  hint: "Install Radicale 3, for example: pipx install radicale",
  find: () => asCommand(inPath("radicale")) ?? pythonModule("radicale"),
};

/** @type {Tool} */
export const xandikos = {
  name: "Xandikos",
  debian: "xandikos",
  hint: "Install Xandikos, for example: pipx install xandikos",
  find: () => asCommand(inPath("xandikos")) ?? pythonModule("xandikos"),
};

/** @type {Tool} */
export const oldestPostgres = {
  name: "PostgreSQL 15",
  debian: "postgresql-15",
  hint: "Install PostgreSQL 15, so that the migrations are tested on the oldest version supported. POSTGRES_15_BIN names the folder of its programs.",
  find: () =>
    asCommand(
      process.env.POSTGRES_15_BIN ??
        firstThere("/usr/lib/postgresql/15/bin", "/opt/homebrew/opt/postgresql@15/bin", "/usr/pgsql-15/bin"),
    ),
};

/**
 * Installs what is missing, where that can be done without asking.
 * @param {Tool[]} tools
 * @returns {Promise<Tool[]>} those still missing
 */
export async function ensureTools(tools) {
  const isMissing = (/** @type {Tool} */ tool) => tool.find() === undefined;
  const missing = tools.filter(isMissing);
  if (missing.length === 0 || process.getuid?.() !== 0 || !inPath("apt-get")) return missing;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update"], { env }).catch(() => {});
  await withoutDefaultCluster(async () => {
    // One by one: a Debian without one of them still has the others.
    for (const { debian } of missing) {
      await run("apt-get", ["install", "-y", "--no-install-recommends", debian], { env }).catch(() => {});
    }
  });
  return tools.filter(isMissing);
}

/** Debian makes and starts a server as it installs PostgreSQL, unless told not to; we want the programs only. */
async function withoutDefaultCluster(work) {
  const folder = "/etc/postgresql-common/createcluster.d";
  const note = join(folder, "calends-tests.conf");
  mkdirSync(folder, { recursive: true });
  writeFileSync(note, "create_main_cluster = false\n");
  await work();
  rmSync(note);
}

function asCommand(path) {
  return path === undefined ? undefined : [path];
}

function inPath(...names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return firstThere(...names.flatMap((name) => folders.map((folder) => join(folder, name))));
}

function firstThere(...paths) {
  return paths.find((path) => existsSync(path));
}

function pythonModule(name) {
  const python = inPath("python3");
  if (!python) return undefined;
  const { status } = spawnSync(python, ["-c", `import ${name}`], { stdio: "ignore" });
  return status === 0 ? [python, "-m", name] : undefined;
}

function playwrightBrowsers() {
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    (process.platform === "darwin"
      ? join(homedir(), "Library/Caches/ms-playwright")
      : join(homedir(), ".cache/ms-playwright"));
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((name) => /^chromium-\d+$/.test(name))
    .flatMap((name) =>
      ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome-mac/Chromium.app/Contents/MacOS/Chromium"].map(
        (program) => join(cache, name, program),
      ),
    );
}
