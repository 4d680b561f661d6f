import type { IncomingMessage, ServerResponse } from "node:http";
import { errorXml, multistatusXml, statusXml } from "./hostile-caldav-xml";

export type Answer = [status: number, body?: string, headers?: Record<string, string>];
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** `others`: hrefs of all other objects of the account and what they say. */
export type Put = {
  body: string;
  contentType: string;
  path: string;
  others: { href: string; text: string }[];
};

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
  /** Why a PUT is refused; null when it is not. */
  refuse: (put: Put) => Answer | null;
  /** Multiget fails as a whole when one of its objects is gone. */
  failsForOne: boolean;
  calendarProperties: string;
  goneCalendar: (method: string, path: string) => Answer;
};

const uidOf = (text: string) => /^UID:(.*)\r?$/m.exec(text)?.[1] ?? "";
const refuseNonsense =
  (status: number) =>
  (body: string): Answer | null =>
    /^BEGIN:VEVENT/m.test(body) ? null : [status];

/** A TZID without its VTIMEZONE. */
function lacksZone(body: string): boolean {
  const used = [...body.matchAll(/;TZID=([^:;\r]+)/g)].map(([, id]) => id);
  return used.some((id) => !new RegExp(`^BEGIN:VTIMEZONE\r\nTZID:${id}\r$`, "m").test(body));
}

/** DTEND after DTSTART, or a DURATION, in every event. */
function endsLater(body: string): boolean {
  const events = body.split("BEGIN:VEVENT").slice(1);
  const valueIn = (event: string, name: string) =>
    new RegExp(`^${name}[^:\r]*:(.*)\r$`, "m").exec(event)?.[1] ?? "";
  const hasEnd = (event: string) => valueIn(event, "DTEND") > valueIn(event, "DTSTART");
  return events.every((event) => hasEnd(event) || /^DURATION:PT/m.test(event));
}

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
  refuse: ({ path, body, others }) => {
    const folder = path.replace(/[^/]*$/, "");
    const taken = others.some(({ href, text }) => href.startsWith(folder) && uidOf(text) === uidOf(body));
    return taken ? [409, errorXml("c:no-uid-conflict")] : refuseNonsense(400)(body);
  },
  failsForOne: false,
  calendarProperties: "",
  goneCalendar: (method) => [method === "PUT" ? 409 : 404],
};
export const xandikos: Quirks = {
  ...radicale,
  unknownToken: "server error",
  // 207, with the failure inside.
  refuse: (put) => {
    const refused = radicale.refuse(put);
    const href = `http%3A//127.0.0.1${put.path}`;
    const error = refused?.[0] === 409 ? "c:no-uid-conflict" : "c:valid-calendar-data";
    return refused && [207, multistatusXml([statusXml(href, 412, error)])];
  },
  goneCalendar: (method, path) =>
    method === "PROPFIND" ? [207, multistatusXml([statusXml(path, 404)])] : [404],
};
export const davical: Quirks = {
  ...radicale,
  unknownToken: "everything",
  leavesOutMissing: true,
  etagOnPut: false,
  // A second object with the UID is fine, but it works out nothing without the zone.
  refuse: ({ body }) => refuseNonsense(412)(body) ?? (lacksZone(body) ? [412] : null),
  goneCalendar: (method) => [method === "PUT" ? 405 : 404],
};
export const sabre: Quirks = {
  ...radicale,
  leavesOutMissing: true,
  failsForOne: true,
  etagOnPut: false,
  refuse: ({ body }) => (/^METHOD:/m.test(body) ? [415] : refuseNonsense(415)(body)),
  spell: (file) =>
    encodeURIComponent(file)
      .replaceAll("%40", "@")
      .replace(/%../g, (code) => code.toLowerCase()),
  data: (text) => escapeText(text).replaceAll("\r\n", "\n"),
};
/** Fastmail's engine: strict about what an event says, and one UID is one object of the whole account. */
export const cyrus: Quirks = {
  ...radicale,
  pageSize: 3,
  refuse: ({ body, contentType, others }) => {
    const invalid: Answer = [403, errorXml("c:valid-calendar-data")];
    if (!contentType.startsWith("text/calendar")) return [403, errorXml("c:supported-calendar-data")];
    if (/^METHOD:/m.test(body) || refuseNonsense(403)(body) || lacksZone(body) || !endsLater(body)) {
      return invalid;
    }
    if (/^RRULE.*COUNT.*UNTIL|^RRULE.*UNTIL.*COUNT/m.test(body)) return invalid;
    const taken = others.find(({ text }) => uidOf(text) === uidOf(body));
    return taken ? [403, errorXml("c:unique-scheduling-object-resource", taken.href)] : null;
  },
  data: (text) => `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`,
  goneCalendar: (method) => [method === "PUT" ? 403 : 404],
};
/** Strict as Cyrus about the end, and its partition answers with its own name. */
export const icloud: Quirks = {
  ...radicale,
  refuse: ({ body }) => (endsLater(body) ? null : [403, errorXml("c:valid-calendar-data")]),
  spell: (file) => encodeURIComponent(file).replaceAll("%40", "@"),
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
