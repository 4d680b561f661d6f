type FeedEvent = { uid: string; title?: string; start?: string; end?: string; lines?: string[] };

/** A feed of the web: `start` and `end` as iCalendar writes them, an hour on 2 January 2026 where they are left out. */
export function feedOf(events: (FeedEvent | string)[], calendar: string[] = []): string {
  const components = events.map((event) => eventOf(typeof event === "string" ? { uid: event } : event));
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Feeds//EN",
    ...calendar,
    ...components.flat(),
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

export const emptyFeed = feedOf([]);

function eventOf({ uid, title = uid, start = "20260102T090000Z", end, lines = [] }: FeedEvent): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20260101T000000Z",
    start.length === 8 ? `DTSTART;VALUE=DATE:${start}` : `DTSTART:${start}`,
    ...endOf(start, end),
    `SUMMARY:${title}`,
    ...lines,
    "END:VEVENT",
  ];
}

/** A day without an end is that day (RFC 5545 §3.6.1). */
function endOf(start: string, end: string | undefined): string[] {
  if (start.length === 8) return end === undefined ? [] : [`DTEND;VALUE=DATE:${end}`];
  return end === undefined ? ["DURATION:PT1H"] : [`DTEND:${end}`];
}
