import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { collectionXml, multistatusXml, objectXml, statusXml } from "@/e2e/hostile-caldav-xml";

/** What was asked since the last time somebody wanted to know: how often by method, and all bodies together. */
export type Traffic = { requests: Record<string, number>; bytesIn: number; bytesOut: number };

type Stored = { etag: string; text: string };
type Asked = { method: string; path: string; headers: IncomingMessage["headers"]; body: string };
type Answer = { status: number; body?: string; headers?: Record<string, string> };

const folder = "/dav/office/";

/** A CalDAV server with one calendar, as quick as can be: what is measured against it is ours. */
export async function startDavServer() {
  const objects = new Map<string, Stored>();
  const log: string[] = [];
  let traffic = noTraffic();
  const server = createServer((request, response) => void receive(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url: path = "", headers } = request;
    const body = Buffer.concat(chunks).toString();
    const { status, body: said = "", headers: extra = {} } = answer({ method, path, headers, body });
    const name = method === "REPORT" ? `REPORT ${body.includes("multiget") ? "multiget" : "sync"}` : method;
    traffic.requests[name] = (traffic.requests[name] ?? 0) + 1;
    traffic.bytesIn += Buffer.byteLength(body);
    traffic.bytesOut += Buffer.byteLength(said);
    response.writeHead(status, { "content-type": "application/xml; charset=utf-8", ...extra }).end(said);
  }

  function answer(asked: Asked): Answer {
    const file = asked.path.slice(folder.length);
    if (file) return onObject(asked, file);
    if (asked.method === "PROPFIND") return onCalendar(asked.headers.depth === "1");
    return asked.body.includes("multiget") ? multiget(asked.body) : changes(asked.body);
  }

  function onCalendar(isDeep: boolean): Answer {
    const ctag = String(log.length);
    const self = collectionXml(folder, { calendar: "<d:displayname>Work</d:displayname>", ctag, sync: true });
    const members = isDeep ? [...objects.keys()].map((file) => rowOf(file, false)) : [];
    return { status: 207, body: multistatusXml([self, ...members]) };
  }

  function changes(body: string): Answer {
    const since = Number(/<sync-token>(\d*)<\/sync-token>/.exec(body)?.[1] ?? 0);
    const files = [...new Set(log.slice(since))].filter((file) => since > 0 || objects.has(file));
    const rows = files.map((file) => rowOf(file, false));
    return { status: 207, body: multistatusXml(rows, String(log.length)) };
  }

  function multiget(body: string): Answer {
    const hrefs = [...body.matchAll(/<href>([^<]*)<\/href>/g)].map(([, href = ""]) => href);
    return { status: 207, body: multistatusXml(hrefs.map((href) => rowOf(href.slice(folder.length), true))) };
  }

  function rowOf(file: string, withData: boolean): string {
    const object = objects.get(file);
    if (!object) return statusXml(folder + file, 404);
    return objectXml(folder + file, object.etag, withData ? object.text : null);
  }

  function onObject({ method, headers, body }: Asked, file: string): Answer {
    const current = objects.get(file);
    const isRefused =
      (headers["if-match"] !== undefined && headers["if-match"] !== current?.etag) ||
      (headers["if-none-match"] === "*" && current !== undefined);
    if (method === "GET" && current)
      return { status: 200, body: current.text, headers: { etag: current.etag } };
    if (method === "GET") return { status: 404 };
    if (isRefused) return { status: 412 };
    log.push(file);
    if (method === "DELETE") return { status: objects.delete(file) ? 204 : 404 };
    const etag = `"${log.length}"`;
    objects.set(file, { etag, text: body });
    return { status: current ? 204 : 201, headers: { etag } };
  }

  return {
    url: `http://127.0.0.1:${port}${folder}`,
    count: () => objects.size,
    takeTraffic: () => {
      const taken = traffic;
      traffic = noTraffic();
      return taken;
    },
  };
}

const noTraffic = (): Traffic => ({ requests: {}, bytesIn: 0, bytesOut: 0 });
