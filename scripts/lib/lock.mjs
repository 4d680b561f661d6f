import { rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join, relative } from "node:path";
import { Failure } from "./console.mjs";

/**
 * Makes sure that one `npm start` or `npm run dev` works on a data folder at a time. The lock is a socket: it
 * falls open with the process, however that ends.
 * @param {string} dataDir
 * @param {string} address what to tell the one who comes second
 */
export async function lockDataFolder(dataDir, address) {
  const path = socketPath(dataDir);
  const holder = await askHolder(path);
  if (holder !== undefined) {
    throw new Failure(
      `Calends is already running on ${dataDir}, at ${holder}. Stop it first (Ctrl-C where it runs).`,
    );
  }
  rmSync(path, { force: true });
  const server = createServer((socket) => socket.on("error", () => {}).end(address));
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => resolve(undefined));
  });
  server.unref();
}

/** The address of who holds the lock; undefined when nobody does. */
function askHolder(path) {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(path);
    socket.setEncoding("utf8").on("data", (text) => {
      answer += text;
    });
    socket.once("end", () => resolve(answer));
    socket.once("error", () => resolve(undefined));
  });
}

/** Socket paths may not be longer than about 100 bytes; seen from here the path is usually short. */
function socketPath(dataDir) {
  if (process.platform === "win32") return `\\\\.\\pipe\\calends-${dataDir.replaceAll(/\W/g, "-")}`;
  const full = join(dataDir, "lock");
  const short = relative(process.cwd(), full);
  return short.length < full.length ? short : full;
}
