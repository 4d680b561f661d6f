import type { DavRequest } from "./dav";
import { escapeXml } from "./xml";

const namespaces = [
  `xmlns="DAV:"`,
  `xmlns:c="urn:ietf:params:xml:ns:caldav"`,
  `xmlns:s="http://calendarserver.org/ns/"`,
  `xmlns:i="http://apple.com/ns/ical/"`,
].join(" ");

function envelope(root: string, content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root} ${namespaces}>${content}</${root}>`;
}

/** RFC 4918 §9.1. Properties by name, never allprop: iCloud fails on it. */
export function propfind(url: string, depth: "0" | "1", properties: string[]): DavRequest {
  const names = properties.map((name) => `<${name}/>`).join("");
  return { method: "PROPFIND", url, headers: { depth }, body: envelope("propfind", `<prop>${names}</prop>`) };
}

/** RFC 6578 §3.2; an empty token asks for everything. Never with a limit: Xandikos loses objects beyond it. */
export function syncCollection(url: string, token: string): DavRequest {
  const content = [
    `<sync-token>${escapeXml(token)}</sync-token>`,
    "<sync-level>1</sync-level>",
    "<prop><getetag/></prop>",
  ];
  return {
    method: "REPORT",
    url,
    headers: { depth: "0" },
    body: envelope("sync-collection", content.join("")),
  };
}

/** RFC 4791 §7.9. Never with expand: servers disagree on what that is. */
export function calendarMultiget(url: string, paths: string[]): DavRequest {
  const hrefs = paths.map((path) => `<href>${escapeXml(path)}</href>`).join("");
  const content = `<prop><getetag/><c:calendar-data/></prop>${hrefs}`;
  return {
    method: "REPORT",
    url,
    headers: { depth: "1" },
    body: envelope("c:calendar-multiget", content),
  };
}
