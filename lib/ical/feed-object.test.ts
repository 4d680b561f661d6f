import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readComponents } from "./content";
import { createObjectWriter } from "./feed-object";
import { readEvents } from "./parse";
import { in2026, readWhole, titlesOf } from "./test-feed";
import { calendar, event, spans } from "./test-text";

const odd = (offset: string) =>
  [
    "BEGIN:VTIMEZONE\r\nTZID:Odd\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000",
    `TZOFFSETFROM:${offset}\r\nTZOFFSETTO:${offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE`,
  ].join("\r\n");
const etagOf = (text: string) => {
  const [one, ...others] = readWhole(text).events;
  if (!one || others.length > 0) throw new Error("There should be one event.");
  return one.etag;
};

describe("the version of an event", () => {
  const meeting = event("DTSTAMP:20260101T000000Z", "SUMMARY:Talk", "DTSTART:20260601T100000Z");

  it.each([
    ["a new DTSTAMP", meeting.replace("20260101", "20260505")],
    ["other folds", meeting.replace("SUMMARY:Talk", "SUMM\r\n ARY:Ta\r\n lk")],
    ["other line ends", meeting.replaceAll("\r\n", "\n")],
    ["another order", event("DTSTART:20260601T100000Z", "SUMMARY:Talk")],
    ["another case of its names", meeting.replace("SUMMARY:", "Summary:")],
  ])("stays with %s", (_, other) => {
    expect(etagOf(calendar(other))).toBe(etagOf(calendar(meeting)));
  });

  it.each([
    ["another title", meeting.replace("Talk", "Walk")],
    ["another description", meeting.replace("SUMMARY", "DESCRIPTION:New\r\nSUMMARY")],
    ["an alarm", meeting.replace("END:VEVENT", "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT")],
    ["another SEQUENCE", meeting.replace("SUMMARY", "SEQUENCE:1\r\nSUMMARY")],
    ["a change", `${meeting}\r\n${event("RECURRENCE-ID:20260601T100000Z", "DTSTART:20260601T110000Z")}`],
  ])("changes with %s", (_, other) => {
    expect(etagOf(calendar(other))).not.toBe(etagOf(calendar(meeting)));
  });

  it("changes with the zone it is in, where the file alone knows that", () => {
    const inOdd = event("DTSTART;TZID=Odd:20260601T100000");
    expect(etagOf(calendar(odd("+0100"), inOdd))).not.toBe(etagOf(calendar(odd("+0200"), inOdd)));
    expect(etagOf(calendar(odd("+0100"), meeting))).toBe(etagOf(calendar(odd("+0200"), meeting)));
    const inBerlin = (offset: string) =>
      calendar(
        odd(offset).replace("Odd", "Europe/Berlin"),
        event("DTSTART;TZID=Europe/Berlin:20260601T100000"),
      );
    expect(etagOf(inBerlin("+0100"))).toBe(etagOf(inBerlin("+0200")));
  });

  it("changes with the zone of the feed, where its times name none", () => {
    const floating = event("DTSTART:20260601T100000");
    const inZone = (zone: string, one: string) => etagOf(calendar(`X-WR-TIMEZONE:${zone}`, one));
    expect(inZone("Europe/Berlin", floating)).not.toBe(inZone("Europe/London", floating));
    expect(inZone("Europe/Berlin", meeting)).toBe(inZone("Europe/London", meeting));
  });

  it("spares what is known in it", () => {
    const text = calendar(meeting, event("UID:2", "DTSTART:20260601T100000Z"));
    const { versions } = readWhole(text);
    expect(readWhole(text, { known: versions })).toMatchObject({ events: [], versions });
    const changed = readWhole(text.replace("Talk", "Walk"), { known: versions });
    expect(changed.events.map(({ uid }) => uid)).toEqual(["1"]);
    expect(changed.facts.eventCount).toBe(2);
  });
});

describe("the object of an event", () => {
  const objectOf = (...blocks: string[]) => readWhole(calendar(...blocks)).events[0]?.object ?? "";

  it("is a calendar of its own, with the zones it names and no other", () => {
    const object = objectOf(
      "METHOD:PUBLISH",
      "X-WR-CALNAME:All",
      odd("+0300"),
      odd("+0500").replace("Odd", "Other"),
      event("DTSTART;TZID=Odd:20260601T100000", "SUMMARY:Talk"),
    );
    expect(object.split("\r\n")).toEqual([
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      expect.stringMatching(/^PRODID:/),
      ...odd("+0300").split("\r\n"),
      "BEGIN:VEVENT",
      "UID:1",
      "DTSTART;TZID=Odd:20260601T100000",
      "SUMMARY:Talk",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ]);
  });

  it("carries the UID that the feed left out", () => {
    const without = event("UID:", "SUMMARY:Talk\\, then lunch\\nand\\; \\\\", "DTSTART:20260601T100000Z");
    const [one] = readWhole(calendar(without)).events;
    expect(readWhole(one?.object ?? "").events[0]?.uid).toBe(one?.uid);
    expect(one?.uid).toContain("Talk, then lunch\nand; \\");
  });

  it("has no line over 75 octets and nothing that is no property", () => {
    const object = objectOf(
      event("DTSTART:20260601T100000Z", `SUMMARY:${"Größe ☕ 👍".repeat(40)}`).replace(
        "BEGIN:VEVENT",
        "BEGIN:VEVENT\r\n<br>",
      ),
    );
    for (const line of object.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(object).not.toContain("<br>");
    expect(titlesOf(readWhole(object))[0]).toContain("Größe ☕ 👍".repeat(40));
  });

  it("means what the feed means, whatever that is", () => {
    const words = fc.oneof(
      fc.string({ maxLength: 120, unit: "grapheme" }),
      fc.constantFrom(" ".repeat(90), "a:b;c\\,d\\n", '"', "BEGIN:VEVENT", "\t", "é".repeat(80)),
    );
    const time = fc.constantFrom(
      ":20260601T100000Z",
      ":20260601T100000",
      ";VALUE=DATE:20260601",
      ";TZID=Odd:20260601T100000",
      ";TZID=(UTC+01:00) Berlin:20260601T100000",
      ';TZID="W. Europe Standard Time":20260601T100000',
      ";TZID=Europe/Berlin:2026-06-01 10:00",
    );
    const lines = fc.array(
      fc.oneof(
        words.map((text) => `DESCRIPTION:${text}`),
        words.map((text) => `X-ODD;X-P=${text}:${text}`),
        words.map((text) => text),
        fc.constantFrom(
          "RRULE:FREQ=DAILY;COUNT=3",
          "EXDATE:20260602T100000Z",
          "DURATION:PT2H",
          "STATUS:TENTATIVE",
        ),
        fc.constantFrom(
          "RDATE:20260701T100000Z",
          "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM",
          "UID:",
          "uid : x",
        ),
      ),
      { maxLength: 6 },
    );
    const one = fc.record({ uid: fc.constantFrom("UID:a", "UID:b", ""), time, words, lines });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), fc.boolean(), (events, hasZone) => {
        const blocks = events.map(({ uid, time, words, lines }) =>
          ["BEGIN:VEVENT", uid, `DTSTART${time}`, `SUMMARY:${words}`, ...lines, "END:VEVENT"].join("\r\n"),
        );
        const head = hasZone ? ["X-WR-TIMEZONE:America/New_York"] : [];
        const read = readWhole(calendar(...head, odd("+0300"), ...blocks));
        for (const { object, ...event } of read.events) {
          const [again, ...others] = readWhole(object).events;
          expect(others).toEqual([]);
          expect(again).toEqual({ ...event, object });
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it("says a zone only as often as there is room for it, unless nobody else knows it", () => {
    const one = (zone: string) => {
      const text = calendar(odd("+0300").replace("Odd", zone), event(`DTSTART;TZID=${zone}:20260601T100000`));
      const calendars = readComponents(text);
      const { events, sources } = readEvents(calendars, 10);
      const group = { uid: "", events, sources };
      const writer = createObjectWriter(calendars, null, odd("+0300").replace("Odd", zone).length);
      return { first: writer.write(group), again: () => writer.write(group) };
    };
    const inBerlin = one("Europe/Berlin");
    expect(inBerlin.first).toContain("BEGIN:VTIMEZONE");
    expect(inBerlin.again()).toBe(inBerlin.first.replace(/BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n/s, ""));
    const inOdd = one("Odd");
    expect(inOdd.first).toContain("BEGIN:VTIMEZONE");
    expect(inOdd.again).toThrow("time zones");
  });

  it("has no zone whose name is damaged", () => {
    const damaged = odd("+0300").replace("TZID:", "TZID\u00e9:");
    const [one] = readWhole(calendar(damaged, event("DTSTART;TZID=Odd:20260601T100000"))).events;
    expect(one?.object).not.toContain("VTIMEZONE");
    expect(readWhole(one?.object ?? "").events).toEqual([one]);
  });

  it("can be read by what reads objects", () => {
    const text = calendar(odd("+0300"), event("DTSTART;TZID=Odd:20260601T100000", "DURATION:PT1H"));
    const [one] = readWhole(text).events;
    expect(spans(one?.object ?? "", in2026)).toEqual(spans(text, in2026));
  });
});
