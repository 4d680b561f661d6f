import { gzipSync } from "node:zlib";
import type { FeedHandler } from "./hostile-feed";

export const answer =
  (code: number, headers: Record<string, string> = {}): FeedHandler =>
  (_, response) =>
    response.writeHead(code, headers).end(`<h1>${code}</h1>`);

export const redirect = (code: number, location: string) => answer(code, { location });

export const busy = (code: 429 | 503, seconds: number) => answer(code, { "retry-after": String(seconds) });

/** A few kilobytes that unpack to `megabytes`. */
export function gzipBomb(megabytes: number): FeedHandler {
  const packed = gzipSync(`BEGIN:VCALENDAR\r\nX-PADDING:${" ".repeat(megabytes * 1_000_000)}`);
  return (_, response) =>
    response.writeHead(200, { "content-type": "text/calendar", "content-encoding": "gzip" }).end(packed);
}

const send =
  (contentType: string, body: string): FeedHandler =>
  (_, response) =>
    response.writeHead(200, { "content-type": contentType }).end(body);

const loginPage = `<!DOCTYPE html>
<html><head><title>Sign in</title></head><body><form action="/login"><input name="password"></form></body></html>`;

/** What has gone wrong with feeds in the wild, or was made to. */
export const feedAccidents = {
  loginPage: send("text/html; charset=utf-8", loginPage),
  /** A page that calls itself a calendar. */
  loginPageAsCalendar: send("text/calendar", loginPage),
  json: send("application/json", '{"error":"token expired"}'),
  nothing: send("text/calendar", ""),
  blank: send("text/calendar", "\r\n \r\n"),
  hang: () => {},
  drop: (request) => request.socket.destroy(),
  /** A byte at a time, for ever. */
  drip: (_, response, { text }) => {
    response.writeHead(200, { "content-type": "text/calendar" });
    let at = 0;
    const timer = setInterval(() => {
      response.write(text.slice(at, at + 1).toString());
      at = (at + 1) % text.length;
    }, 10);
    response.on("close", () => clearInterval(timer));
  },
  /** It never ends, and it has no length. */
  endless: (_, response) => {
    let isOpen = true;
    response.on("close", () => {
      isOpen = false;
    });
    response.writeHead(200, { "content-type": "text/calendar" }).write("BEGIN:VCALENDAR\r\n");
    const more = () => {
      while (isOpen && response.write("X-PADDING:more and more\r\n".repeat(1000)));
      if (isOpen) response.once("drain", more);
    };
    more();
  },
  gzip: (_, response, { text }) =>
    response
      .writeHead(200, { "content-type": "text/calendar", "content-encoding": "gzip" })
      .end(gzipSync(text)),
  /** It says that it is packed, and is not. */
  notGzip: (_, response, { text }) =>
    response.writeHead(200, { "content-type": "text/calendar", "content-encoding": "gzip" }).end(text),
  /** The connection ends before the length that was announced. */
  brokenOff: (_, response, { text }) => {
    response.writeHead(200, { "content-type": "text/calendar", "content-length": Buffer.byteLength(text) });
    response.write(text.slice(0, text.length / 2), () => response.destroy());
  },
  /** As a server sends it whose own source broke off: whole, by its length. */
  half: (_, response, { text }) =>
    response.writeHead(200, { "content-type": "text/calendar" }).end(text.slice(0, text.length / 2)),
} satisfies Record<string, FeedHandler>;
