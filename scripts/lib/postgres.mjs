// The embedded PostgreSQL: real programs from npm, run by their own pg_ctl. Used by start, dev and the tests.
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./command.mjs";
import { Failure } from "./console.mjs";
import { freePort } from "./port.mjs";
import { embeddedPrograms, serverUser } from "./server-user.mjs";

/**
 * @typedef {object} Cluster
 * @property {number} port
 * @property {string} version such as "18.4"
 * @property {(database: string) => string} url
 * @property {(force?: AbortSignal) => Promise<void>} stop aborting `force` stops it without waiting for anyone
 */

/**
 * Starts the cluster in `dir`, creating it when the folder is not there yet.
 * @param {object} settings
 * @param {string} settings.dir
 * @param {string} settings.password
 * @param {number} [settings.port] 0 or unset picks a free one
 * @param {string[]} [settings.options] `name=value` server settings
 * @param {string} [settings.bin] the folder of another PostgreSQL's programs than the embedded one's
 * @returns {Promise<Cluster>}
 */
export async function startCluster({ dir, password, port = 0, options = [], bin }) {
  const user = await serverUser();
  const programs = bin ?? (await embeddedPrograms(user));
  const version = await versionOf(programs);
  // A session of its own: Ctrl-C in the terminal reaches us alone, and we stop PostgreSQL when the rest is down.
  const as = { ...user, detached: true };
  const control = (...args) => run(join(programs, "pg_ctl"), [...args, "-D", dir], as);

  const sync = options.includes("fsync=off") ? ["--no-sync"] : [];
  if (isEmpty(dir)) await createCluster({ programs, dir, password, as, sync });
  const problem = clusterProblem(dir, version);
  if (problem) throw new Failure(problem);
  await stopLeftover(dir, control);

  const chosen = port || (await freePort());
  const settings = [`port=${chosen}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", ...options];
  const flags = settings.map((setting) => `-c ${setting}`).join(" ");
  const log = join(dir, "server.log");
  const before = sizeOf(log);
  await control("start", "-w", "-t", "60", "-l", log, "-o", flags).catch((error) => {
    throw startFailure(dir, log, before, error);
  });
  return {
    port: chosen,
    version,
    url: (database) => `postgres://calends:${password}@127.0.0.1:${chosen}/${database}`,
    stop: async (force) => {
      const hurry = () => void control("stop", "-m", "immediate").catch(() => {});
      force?.addEventListener("abort", hurry);
      await control("stop", "-w", "-m", "fast").catch((error) => {
        if (isRunning(dir)) throw error;
      });
      force?.removeEventListener("abort", hurry);
    },
  };
}

/**
 * What is wrong with the files of a cluster, as a sentence; undefined when a server can be started on them.
 * @param {string} dir
 * @param {string} version of the programs that would run it
 */
export function clusterProblem(dir, version) {
  const leave = "Nothing was changed: put the folder back from a backup, or move it away to start empty.";
  const parts = [
    "PG_VERSION",
    "postgresql.conf",
    "pg_hba.conf",
    "base",
    "global/pg_control",
    "pg_wal",
    "pg_xact",
  ];
  const missing = parts.filter((part) => !existsSync(join(dir, part)));
  if (missing.length > 0) return `The database in ${dir} is damaged: ${missing.join(", ")} missing. ${leave}`;
  const made = readFileSync(join(dir, "PG_VERSION"), "utf8").trim();
  if (made !== version.split(".")[0]) {
    return `The database in ${dir} was made by PostgreSQL ${made}, and this release brings ${version}. ${leave}`;
  }
  return undefined;
}

/** In a folder beside it first: a folder with the right name is always a whole cluster. */
async function createCluster({ programs, dir, password, as, sync }) {
  const half = `${dir}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(dirname(dir), { recursive: true });
  mkdirSync(half, { mode: 0o700 });
  const passwordFile = `${dir}.password`;
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (as.uid !== undefined) for (const path of [half, passwordFile]) chownSync(path, as.uid, as.gid);
  const args = ["-D", half, "-U", "calends", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8"];
  const init = (locale) => run(join(programs, "initdb"), [...args, `--locale=${locale}`, ...sync], as);
  try {
    await init("C.UTF-8").catch(() => init("C"));
    renameSync(half, dir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** A server left over from a killed start still holds the folder; it is ours, so it is stopped first. */
async function stopLeftover(dir, control) {
  if (isRunning(dir)) return control("stop", "-w", "-m", "fast");
  // After a restart of the machine the number may be another program's; PostgreSQL would take that for a server.
  if (isAlive(notedPid(dir))) rmSync(join(dir, "postmaster.pid"), { force: true });
}

function isRunning(dir) {
  const pid = notedPid(dir);
  return isAlive(pid) && /postgres/.test(commandOf(pid));
}

/** 0 when nothing is noted. */
function notedPid(dir) {
  const file = join(dir, "postmaster.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) || 0 : 0;
}

function isAlive(pid) {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Its command line where /proc tells, else what we have to assume. */
function commandOf(pid) {
  const path = `/proc/${pid}/cmdline`;
  return existsSync("/proc/self") ? (existsSync(path) ? readFileSync(path, "utf8") : "") : "postgres";
}

function startFailure(dir, log, before, error) {
  const said = existsSync(log)
    ? readFileSync(log).subarray(before).toString()
    : (error.output ?? error.message);
  const fatal = said.match(/(?:FATAL|PANIC):\s*(.*)/)?.[1] ?? said.trim().split("\n").at(-1);
  return new Failure(
    `The database in ${dir} did not start: ${fatal}. Nothing was deleted; its log is ${log}.`,
  );
}

async function versionOf(programs) {
  const { stdout } = await run(join(programs, "postgres"), ["--version"]);
  return stdout.match(/\d+(\.\d+)?/)?.[0] ?? stdout.trim();
}

function isEmpty(dir) {
  return !existsSync(dir) || readdirSync(dir).length === 0;
}

function sizeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
