import type { IncomingMessage, ServerResponse } from "node:http";
import { multistatusXml, statusXml } from "./hostile-caldav-xml";

export type Answer = [status: number, body?: string, headers?: Record<string, string>];
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What a server is like; the profiles play what was measured on real ones. */
export type Quirks = {
  hasSync: boolean;
  hasCtag: boolean;
  /** What sync-collection says to a token it does not know. */
  unknownToken: "precondition" | "server error" | "everything";
  /** Multiget says nothing about objects that are gone. */
  leavesOutMissing: boolean;
  /** Changes per answer; then 507 for the calendar. */
  pageSize: number;
  etagOnPut: boolean;
  etag: (etag: string) => string;
  /** How a file name stands in an href. */
  spell: (file: string) => string;
  /** calendar-data as XML; null leaves it out. */
  data: (text: string) => string | null;
  /** What is kept of a PUT. */
  rewrite: (text: string) => string;
  calendarProperties: string;
  goneCalendar: (method: string, path: string) => Answer;
};

const escapeText = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

export const radicale: Quirks = {
  hasSync: true,
  hasCtag: true,
  unknownToken: "precondition",
  leavesOutMissing: false,
  pageSize: Number.POSITIVE_INFINITY,
  etagOnPut: true,
  etag: (etag) => etag,
  spell: encodeURIComponent,
  data: escapeText,
  rewrite: (text) => text.replace("VERSION:2.0", "VERSION:2.0\r\nX-REWRITTEN:yes"),
  calendarProperties: "",
  goneCalendar: (method) => [method === "PUT" ? 409 : 404],
};
export const xandikos: Quirks = {
  ...radicale,
  unknownToken: "server error",
  goneCalendar: (method, path) =>
    method === "PROPFIND" ? [207, multistatusXml([statusXml(path, 404)])] : [404],
};
export const davical: Quirks = {
  ...radicale,
  unknownToken: "everything",
  leavesOutMissing: true,
  etagOnPut: false,
  goneCalendar: (method) => [method === "PUT" ? 405 : 404],
};
export const sabre: Quirks = {
  ...radicale,
  leavesOutMissing: true,
  etagOnPut: false,
  spell: (file) =>
    encodeURIComponent(file)
      .replaceAll("%40", "@")
      .replace(/%../g, (code) => code.toLowerCase()),
  data: (text) => escapeText(text).replaceAll("\r\n", "\n"),
};
export const cyrus: Quirks = {
  ...radicale,
  pageSize: 3,
  data: (text) => `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`,
  goneCalendar: (method) => [method === "PUT" ? 403 : 404],
};
/** Posteo, GMX: no sync tokens. */
export const plain: Quirks = { ...radicale, hasSync: false };

/** What happens to any server on a bad day. */
export const accidents = {
  unavailable: (_, response) => response.writeHead(503, { "retry-after": "0" }).end(),
  slowDown: (_, response) => response.writeHead(429, { "retry-after": "120" }).end(),
  signInRefused: (_, response) => response.writeHead(401, { "www-authenticate": "Basic" }).end(),
  serverError: (_, response) => response.writeHead(500).end("<h1>Internal Server Error</h1>"),
  captivePortal: (_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Sign in</body></html>"),
  garbage: (_, response) => response.writeHead(207, { "content-type": "text/xml" }).end("<multistatus><resp"),
  empty: (_, response) => response.writeHead(207, { "content-type": "text/xml" }).end(multistatusXml([])),
  huge: (_, response) =>
    response.writeHead(207, { "content-type": "text/xml" }).end(Buffer.alloc(10_000_000, 32)),
  hang: () => {},
  drop: (request) => request.socket.destroy(),
} satisfies Record<string, Handler>;
