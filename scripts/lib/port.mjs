import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Failure } from "./console.mjs";

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/**
 * @param {number} port
 * @throws Failure when the server could not listen there
 */
export async function checkPort(port) {
  // A server whose starter was killed is just letting go of it.
  for (let attempt = 0; attempt < 10 && (await problemWith(port)) === "EADDRINUSE"; attempt++)
    await wait(200);
  const problem = await problemWith(port);
  if (problem === "EADDRINUSE") {
    throw new Failure(
      `Port ${port} is in use by another program. Stop that, or choose another port: PORT=${port + 1} npm start`,
    );
  }
  if (problem === "EACCES") {
    throw new Failure(
      `Port ${port} needs more rights than this user has. Choose one above 1023, such as PORT=3000.`,
    );
  }
  if (problem) throw new Failure(`Nothing can listen on port ${port} here (${problem}).`);
}

async function problemWith(port) {
  const server = createServer().listen(port);
  try {
    await once(server, "listening");
    server.close();
    await once(server, "close");
    return undefined;
  } catch (error) {
    return error.code;
  }
}
