import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

export type Wire = { url: string; cut(): void; mend(): Promise<void>; close(): void };

/** A way to the test's database that can be cut: what a restart of PostgreSQL looks like from here. */
export async function wireTo(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let server = createServer(accept);
  const port = await listen(0);

  function accept(near: Socket): void {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from
        .on("error", () => {})
        .on("close", () => {
          sockets.delete(from);
          to.destroy();
        });
    }
  }
  function listen(wanted: number): Promise<number> {
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(wanted, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    });
  }
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return {
    url: url.href,
    cut,
    close: cut,
    async mend() {
      server = createServer(accept);
      await listen(port);
    },
  };
}

/**
 * postgres.js writes the ROLLBACK of a transaction to the connection it has just lost, a moment later and outside
 * any promise. Next's server logs such an exception and goes on; here it would count against the test.
 */
export function tolerateLateRollbacks(): void {
  const listeners = process.listeners("uncaughtException");
  const filter = (error: Error, origin: NodeJS.UncaughtExceptionOrigin) => {
    if (error.message.includes("reading 'write'") && error.stack?.includes("postgres/src/connection.js"))
      return;
    for (const listener of listeners) listener(error, origin);
  };
  process.removeAllListeners("uncaughtException").on("uncaughtException", filter);
  onTestFinished(() => {
    process.off("uncaughtException", filter);
    for (const listener of listeners) process.on("uncaughtException", listener);
  });
}
