import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { drive, type Engine } from "../engine";
import { gatewayTo } from "../gateway";
import { quiet, url } from "../harness";
import { type Handle, speakWith } from "../protocol";
import { connect } from "../store/connect";
import { statusesInTables } from "./targets";

const registration = z.object({ url: z.string(), functions: z.array(z.unknown()) });

/**
 * What the scenarios need of an Inngest server, on a port: events, registration, the runs of an event. Behind it is
 * the embedded engine, which calls the functions over HTTP. It shows that the scenarios can be played from outside.
 */
export async function startStandIn(recording: (handle: Handle) => Handle) {
  const sql = connect(url(), 2);
  const takeEvents = gatewayTo(sql);
  let engine: Engine | undefined;

  async function register(body: string): Promise<Response> {
    const app = registration.parse(JSON.parse(body));
    await engine?.stop();
    const protocol = speakWith(recording(fetch), app.url);
    engine = await drive(
      { ...protocol, register: async () => app.functions },
      { databaseUrl: url(), log: quiet, retryDelayMs: 5 },
    );
    return Response.json({ status: 200, modified: true });
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const [, eventId] = /^\/v1\/events\/([^/]+)\/runs$/.exec(pathname) ?? [];
    if (pathname === "/fn/register") return register(await request.text());
    if (!eventId) return takeEvents(request);
    const statuses = await statusesInTables(decodeURIComponent(eventId));
    return Response.json({ data: statuses.map((status) => ({ status: capital(status) })) });
  }

  const server = createServer(async (incoming, outgoing) => {
    const { method = "GET", headers } = incoming;
    const body = method === "POST" || method === "PUT" ? await text(incoming) : undefined;
    const plain = Object.entries(headers).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    const request = new Request(`http://stand.in${incoming.url}`, {
      method,
      headers: plain,
      ...(body !== undefined && { body }),
    });
    const response = await answer(request).catch((error) =>
      Response.json({ error: String(error) }, { status: 500 }),
    );
    outgoing.writeHead(response.status, { "content-type": "application/json" });
    outgoing.end(await response.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    async stop() {
      await engine?.stop();
      await sql.end({ timeout: 1 });
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
