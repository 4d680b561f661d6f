const namespaces = `xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/" xmlns:i="http://apple.com/ns/ical/"`;

export function multistatusXml(rows: string[], syncToken?: string): string {
  const token = syncToken === undefined ? "" : `<d:sync-token>${syncToken}</d:sync-token>`;
  return `<?xml version="1.0" encoding="utf-8"?><d:multistatus ${namespaces}>${rows.join("")}${token}</d:multistatus>`;
}

/** `precondition` with its prefix where it is none of DAV's own. */
export function errorXml(precondition: string, href?: string): string {
  const name = precondition.includes(":") ? precondition : `d:${precondition}`;
  const inside = href === undefined ? "" : `<d:href>${href}</d:href>`;
  return `<?xml version="1.0"?><d:error ${namespaces}><${name}>${inside}</${name}></d:error>`;
}

export function statusXml(href: string, status: number, error?: string): string {
  const reason = error === undefined ? "" : `<d:error><${error}/></d:error>`;
  return `<d:response><d:href>${href}</d:href><d:status>HTTP/1.1 ${status} x</d:status>${reason}</d:response>`;
}

export function objectXml(href: string, etag: string, data: string | null): string {
  const calendarData = data === null ? "" : `<c:calendar-data>${data}</c:calendar-data>`;
  return row(href, `<d:getetag>${etag.replaceAll('"', "&quot;")}</d:getetag>${calendarData}`);
}

export type CollectionProperties = {
  principal?: string;
  home?: string;
  /** XML of a calendar's own properties; makes the collection a calendar. */
  calendar?: string;
  ctag?: string | null;
  sync?: boolean;
};

export function collectionXml(
  href: string,
  { principal, home, calendar, ctag, sync }: CollectionProperties,
): string {
  const type = calendar === undefined ? "<d:collection/>" : "<d:collection/><c:calendar/>";
  const report = "<d:supported-report><d:report><d:sync-collection/></d:report></d:supported-report>";
  return row(
    href,
    [
      `<d:resourcetype>${type}</d:resourcetype>`,
      principal ? `<d:current-user-principal><d:href>${principal}</d:href></d:current-user-principal>` : "",
      home ? `<c:calendar-home-set><d:href>${home}</d:href></c:calendar-home-set>` : "",
      calendar ?? "",
      ctag ? `<s:getctag>${ctag}</s:getctag>` : "",
      sync ? `<d:supported-report-set>${report}</d:supported-report-set>` : "",
    ].join(""),
  );
}

function row(href: string, properties: string): string {
  const found = `<d:propstat><d:prop>${properties}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>`;
  const missing =
    "<d:propstat><d:prop><d:owner/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>";
  return `<d:response><d:href>${href}</d:href>${found}${missing}</d:response>`;
}
