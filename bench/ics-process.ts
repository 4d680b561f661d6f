import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { makeFeed } from "./ics-feed";

// A web server with feeds in a process of its own, for a bench that started this one and stops it.

/** What /large.ics is from now on; `isConditional`: a conditional request for what it is already is answered 304. */
export type Large = { bytes: number; changed: number; isConditional: boolean };

const from = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000);
const smallBytes = 5_000;
let large = { text: Buffer.alloc(0), etag: "", isConditional: false };
const asked = new Map<number, number>();

process.on("message", ({ bytes, changed, isConditional }: Large) => {
  const text = Buffer.from(makeFeed({ bytes, from, changed }));
  large = { text, etag: `"${createHash("sha1").update(text).digest("hex")}"`, isConditional };
  process.send?.({ bytes: text.length });
});
process.on("disconnect", () => process.exit());

const server = createServer((request, response) => {
  const { text, etag } = request.url === "/large.ics" ? large : small(Number(request.url?.match(/\d+/)?.[0]));
  if (etag && request.headers["if-none-match"] === etag) return void response.writeHead(304).end();
  const isConditional = etag && (request.url !== "/large.ics" || large.isConditional);
  response.writeHead(200, { "content-type": "text/calendar", ...(isConditional && { etag }) }).end(text);
});
server.listen(0, "127.0.0.1", () =>
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
);

/** Of twenty feeds thirteen know of conditional requests, six come whole each time, and one changes. */
function small(n: number): { text: string; etag: string } {
  const times = asked.get(n) ?? 0;
  asked.set(n, times + 1);
  const text = makeFeed({ bytes: smallBytes, from, changed: n % 20 === 19 ? times : 0 });
  return {
    text: text.replace("X-WR-CALNAME:Office", `X-WR-CALNAME:Office ${n}`),
    etag: n % 20 < 13 ? `"${n}"` : "",
  };
}
