/** A feed as offices have it: meetings in a zone, a tenth of them repeating, days off, guests, descriptions, alarms. */
export function makeFeed({
  bytes,
  from,
  changed = 0,
}: {
  bytes: number;
  from: Date;
  changed?: number;
}): string {
  const parts = [head];
  let size = head.length;
  for (let n = 0; size < bytes; n += 1) {
    const part = eventOf(n, from, n === 0 ? changed : 0);
    parts.push(part);
    size += part.length;
  }
  parts.push("END:VCALENDAR\r\n");
  return parts.join("");
}

const head = `BEGIN:VCALENDAR
PRODID:-//Example Corp//Groupware 12.1//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Office
X-WR-TIMEZONE:Europe/Berlin
REFRESH-INTERVAL;VALUE=DURATION:PT1H
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
`.replaceAll("\n", "\r\n");

const hourMs = 3_600_000;
const stamp = (instant: number) => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, "");
const text = "We go through what is open\\, who brings what\\, and by when.\\n Räume: 4.12\\, 4.13.\\n";

/** Spread over 500 days from `from` on, the repeating ones from there. */
function eventOf(n: number, from: Date, changed: number): string {
  const start = from.getTime() + ((n * 7919) % (500 * 24)) * hourMs;
  const [local, end] = [stamp(start).slice(0, 15), stamp(start + hourMs).slice(0, 15)];
  const zone = n % 3 === 0 ? "W. Europe Standard Time" : "Europe/Berlin";
  const time =
    n % 10 === 1
      ? [`DTSTART;VALUE=DATE:${local.slice(0, 8)}`]
      : n % 10 === 2
        ? [`DTSTART:${stamp(start)}`, `DTEND:${stamp(start + hourMs)}`]
        : [`DTSTART;TZID=${zone}:${local}`, `DTEND;TZID=${zone}:${end}`];
  const repeats =
    n % 10 === 3 ? [`RRULE:FREQ=WEEKLY;COUNT=${4 + (n % 20)}`, `EXDATE;TZID=${zone}:${local}`] : [];
  const guests = Array.from(
    { length: n % 4 },
    (_, guest) =>
      `ATTENDEE;CN=Guest ${guest};PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:g${guest}@example.com`,
  );
  const lines = [
    "BEGIN:VEVENT",
    `UID:040000008200E00074C5B7101A82E008${n.toString(16).padStart(16, "0")}@example.com`,
    `DTSTAMP:${stamp(from.getTime())}`,
    "CREATED:20260101T080000Z",
    "LAST-MODIFIED:20260102T080000Z",
    ...time,
    ...repeats,
    `SUMMARY:Besprechung ${n}${changed ? `\\, ${changed} times put off` : ""}`,
    `DESCRIPTION:${text.repeat(1 + (n % 4))}`,
    "LOCATION:Main building\\, third floor",
    "SEQUENCE:0",
    "STATUS:CONFIRMED",
    "TRANSP:OPAQUE",
    ...guests,
    ...(n % 5 === 0 ? ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "END:VALARM"] : []),
    "END:VEVENT",
    "",
  ];
  return lines.join("\r\n");
}
