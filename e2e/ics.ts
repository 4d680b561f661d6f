/** An event as another calendar app writes it. */
export function icsOf(event: { uid: string; title: string; startsAt: Date; endsAt: Date }): string {
  const stamp = (date: Date) => `${date.toISOString().replace(/[-:]|\.\d+/g, "")}`;
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Another App//EN",
    "BEGIN:VEVENT",
    `UID:${event.uid}`,
    "DTSTAMP:20260101T000000Z",
    `DTSTART:${stamp(event.startsAt)}`,
    `DTEND:${stamp(event.endsAt)}`,
    `SUMMARY:${event.title}`,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}
