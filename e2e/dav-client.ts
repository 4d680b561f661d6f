export type DavClient = {
  /** Returns the collection's URL, ending in "/". */
  makeCalendar(name: string, properties?: { displayName?: string; color?: string }): Promise<string>;
  /** Returns the object's URL. What another calendar app does: no precondition. */
  putIcs(calendarUrl: string, fileName: string, ics: string): Promise<string>;
  deleteIcs(url: string): Promise<void>;
  /** Raw bodies by URL. */
  listIcs(calendarUrl: string): Promise<Map<string, string>>;
};

/** Another calendar app with the account whose calendars are at `home`. */
export function clientOf(home: string, { user, password }: { user: string; password: string }): DavClient {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const send = async (
    method: string,
    target: string,
    body?: string,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(target, {
      method,
      headers: { authorization, ...headers },
      body: body ?? null,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${target}: ${response.status} ${text}`);
    return text;
  };

  return {
    async makeCalendar(name, properties = {}) {
      const target = `${home}${encodeURIComponent(name)}/`;
      await send("MKCALENDAR", target, mkcalendar({ displayName: name, color: "#3b82f6ff", ...properties }));
      return target;
    },
    async putIcs(calendarUrl, fileName, ics) {
      const target = `${calendarUrl}${encodeURIComponent(fileName)}`;
      await send("PUT", target, ics.replaceAll(/\r?\n/g, "\r\n"), { "content-type": "text/calendar" });
      return target;
    },
    async deleteIcs(target) {
      await send("DELETE", target);
    },
    async listIcs(calendarUrl) {
      const found = await send("PROPFIND", calendarUrl, undefined, { depth: "1" });
      const hrefs = [...found.matchAll(/<(?:\w+:)?href>([^<]+\.ics)<\//g)].map(([, href]) => href ?? "");
      const urls = [...new Set(hrefs)].map((href) => new URL(href, home).href);
      return new Map(await Promise.all(urls.map(async (each) => [each, await send("GET", each)] as const)));
    },
  };
}

function mkcalendar({ displayName, color }: { displayName: string; color: string }): string {
  return `<?xml version="1.0"?>
<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:I="http://apple.com/ns/ical/"><set><prop>
<displayname>${displayName}</displayname>
<I:calendar-color>${color}</I:calendar-color>
<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>
</prop></set></C:mkcalendar>`;
}
