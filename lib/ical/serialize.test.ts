import fc from "fast-check";
import { expect, it } from "vitest";
import type { EventDraft } from "@/lib/providers/provider";
import { readComponents, readProperties } from "./content";
import { readObject } from "./read-object";
import { serializeEvent } from "./serialize";

const stamp = new Date("2026-01-01T00:00:00Z");
const always = { start: new Date("1900-01-01"), end: new Date("2200-01-01"), timeZone: "UTC" };

const draft: EventDraft = {
  uid: "1@calends",
  sequence: 2,
  title: "Lunch; with, commas\\",
  description: "Two\nlines",
  location: null,
  time: {
    kind: "timed",
    startsAt: new Date("2026-03-01T11:00:00Z"),
    endsAt: new Date("2026-03-01T12:00:00Z"),
  },
  timeZone: "Europe/Berlin",
};

it("writes exactly what a calendar server takes", () => {
  expect(serializeEvent(draft, stamp)).toBe(
    [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Calends//Calends//EN",
      "BEGIN:VEVENT",
      "UID:1@calends",
      "DTSTAMP:20260101T000000Z",
      "SEQUENCE:2",
      "SUMMARY:Lunch\\; with\\, commas\\\\",
      "DESCRIPTION:Two\\nlines",
      "DTSTART:20260301T110000Z",
      "DTEND:20260301T120000Z",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ].join("\r\n"),
  );
});

it("writes a series with its zone, and each occurrence that differs, on one wall clock", () => {
  const says = {
    title: "Later",
    description: null,
    location: null,
    time: {
      kind: "timed" as const,
      startsAt: "2026-03-30T14:00:00.000Z",
      endsAt: "2026-03-30T15:00:00.000Z",
    },
  };
  const recurrence = {
    rule: "FREQ=WEEKLY;BYDAY=SU,MO;UNTIL=20260601",
    exceptions: [
      { key: "2026-03-08T11:00:00.000Z", says: null },
      { key: "2026-03-30T10:00:00.000Z", says },
    ],
  };
  const text = serializeEvent({ ...draft, description: null, recurrence }, stamp);
  expect(text).toMatch(
    /^BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:[^\r]+\r\nBEGIN:VTIMEZONE\r\nTZID:Europe\/Berlin/,
  );
  const same = ["UID:1@calends", "DTSTAMP:20260101T000000Z", "SEQUENCE:2"];
  expect(text.slice(text.indexOf("BEGIN:VEVENT"))).toBe(
    [
      "BEGIN:VEVENT",
      ...same,
      "SUMMARY:Lunch\\; with\\, commas\\\\",
      "DTSTART;TZID=Europe/Berlin:20260301T120000",
      "DTEND;TZID=Europe/Berlin:20260301T130000",
      "RRULE:FREQ=WEEKLY;BYDAY=SU,MO;UNTIL=20260601T215959Z",
      "EXDATE;TZID=Europe/Berlin:20260308T120000",
      "END:VEVENT",
      "BEGIN:VEVENT",
      ...same,
      "SUMMARY:Later",
      "DTSTART;TZID=Europe/Berlin:20260330T160000",
      "DTEND;TZID=Europe/Berlin:20260330T170000",
      "RECURRENCE-ID;TZID=Europe/Berlin:20260330T120000",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ].join("\r\n"),
  );
});

it("names an occurrence by the hour of its series, also on the day that hour is skipped", () => {
  const time = {
    kind: "timed" as const,
    startsAt: new Date("2026-03-27T01:30:00Z"),
    endsAt: new Date("2026-03-27T02:00:00Z"),
  };
  // Half past two in Berlin, which on 29 March is half past three.
  const recurrence = { rule: "FREQ=DAILY", exceptions: [{ key: "2026-03-29T01:30:00.000Z", says: null }] };
  const text = serializeEvent({ ...draft, time, recurrence }, stamp);
  expect(text).toContain("EXDATE;TZID=Europe/Berlin:20260329T023000");
  expect(
    readObject(text, { ...always, end: new Date("2026-03-31") }).occurrences.map(({ key }) => key),
  ).toEqual(["2026-03-27T01:30:00.000Z", "2026-03-28T01:30:00.000Z", "2026-03-30T00:30:00.000Z"]);
});

it("says how long it takes where it ends in the second of two equal hours", () => {
  const time = {
    kind: "timed" as const,
    startsAt: new Date("2026-10-24T22:00:00Z"),
    endsAt: new Date("2026-10-25T01:30:00Z"),
  };
  const text = serializeEvent({ ...draft, time, recurrence: { rule: "FREQ=DAILY", exceptions: [] } }, stamp);
  expect(text).toContain("DTSTART;TZID=Europe/Berlin:20261025T000000\r\nDURATION:PT3H30M\r\n");
});

it("writes a series of days without any zone", () => {
  const time = { kind: "allDay" as const, startDay: "2026-03-01", endDay: "2026-03-02" };
  const recurrence = {
    rule: "FREQ=DAILY;UNTIL=20260310T120000Z",
    exceptions: [{ key: "2026-03-04", says: null }],
  };
  const text = serializeEvent({ ...draft, time, recurrence }, stamp);
  expect(text).not.toContain("TZID");
  expect(text).toContain("RRULE:FREQ=DAILY;UNTIL=20260310\r\nEXDATE;VALUE=DATE:20260304\r\n");
});

it.each(["FREQ=NEVER", "FREQ=DAILY;COUNT=2;UNTIL=20260310T120000Z", "BYDAY=MO"])(
  "refuses the rule %s",
  (rule) => {
    const put = () => serializeEvent({ ...draft, recurrence: { rule, exceptions: [] } }, stamp);
    expect(put).toThrow(expect.objectContaining({ code: "invalid" }));
  },
);

it("lets nothing through a rule but the rule", () => {
  const recurrence = { rule: "FREQ=DAILY;X-A=1\r\nATTENDEE:mailto:a@b;COUNT=2", exceptions: [] };
  expect(serializeEvent({ ...draft, recurrence }, stamp)).not.toMatch(/^ATTENDEE/m);
});

it("writes days for an all-day event", () => {
  const text = serializeEvent(
    { ...draft, time: { kind: "allDay", startDay: "2026-02-28", endDay: "2026-03-02" } },
    stamp,
  );
  expect(text).toContain("DTSTART;VALUE=DATE:20260228\r\nDTEND;VALUE=DATE:20260302\r\n");
});

it("gives an event without length an end after its start", () => {
  const startsAt = new Date("2026-03-01T11:00:00.400Z");
  const endsAt = new Date("2026-03-01T11:00:00.900Z");
  expect(serializeEvent({ ...draft, time: { kind: "timed", startsAt, endsAt } }, stamp)).toContain(
    "DTSTART:20260301T110000Z\r\nDTEND:20260301T110100Z",
  );
  const time = { kind: "allDay" as const, startDay: "2026-12-31", endDay: "2026-12-31" };
  expect(serializeEvent({ ...draft, time }, stamp)).toContain("DTEND;VALUE=DATE:20270101");
});

const second = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000));
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom("\n", "\r", ";", ",", "\\", ":", '"', " ", "\u0000", "\ud800"),
    fc.constantFrom("é", "日", "👩‍🚀"),
    fc.string({ minLength: 1, maxLength: 30 }),
  ),
  maxLength: 40,
});
const anyDraft = fc.record({
  uid: fc.uuid(),
  sequence: fc.nat(),
  title: anyText,
  description: anyText,
  location: anyText,
  time: fc
    .record({ startsAt: second, minutes: fc.integer({ min: 1, max: 10_000 }) })
    .map(({ startsAt, minutes }) => ({
      kind: "timed" as const,
      startsAt,
      endsAt: new Date(startsAt.getTime() + minutes * 60_000),
    })),
  timeZone: fc.constant("UTC"),
});

it("reads back what it wrote, whatever the text holds", () => {
  fc.assert(
    fc.property(anyDraft, (any) => {
      const text = serializeEvent(any, stamp);
      const { uid, occurrences } = readObject(text, always);
      expect(uid).toBe(any.uid);
      expect(occurrences.map(({ time }) => time)).toEqual([any.time]);
      expect(property(text, "SUMMARY")).toBe(plain(any.title));
      expect(property(text, "DESCRIPTION") ?? "").toBe(plain(any.description));
      expect(property(text, "LOCATION") ?? "").toBe(plain(any.location));
    }),
  );
});

it("keeps every line within 75 octets and free of bare line ends", () => {
  fc.assert(
    fc.property(anyDraft, (any) => {
      for (const line of serializeEvent(any, stamp).split("\r\n")) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(line).not.toMatch(/[\r\n]/);
      }
    }),
  );
});

function property(text: string, name: string): string | undefined {
  const event = readComponents(text)[0]?.children[0];
  return event && readProperties(event, new Set([name]))[0]?.value;
}

/** What a text may lose on the way: control characters, half characters, the difference between line ends. */
function plain(text: string): string {
  return (
    text
      .replace(/\r\n?/g, "\n")
      .replace(/\p{Surrogate}/gu, "\ufffd")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are the ones that get lost.
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
      .trim()
  );
}
