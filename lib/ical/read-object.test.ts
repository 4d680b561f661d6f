import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { readCalendar, readObject } from "./read-object";
import { calendar, event, windowOf } from "./test-text";

const in2026 = windowOf("2026-01-01", "2027-01-01", "Europe/Berlin");

describe("readObject", () => {
  it("gives a single event one occurrence without a key", () => {
    const text = calendar(
      event(
        "UID:a@b",
        "SUMMARY:Lunch\\, late",
        "DTSTART:20260601T100000Z",
        "DURATION:PT1H",
        "STATUS:Tentative",
      ),
    );
    expect(readObject(text, in2026)).toEqual({
      uid: "a@b",
      occurrences: [
        {
          key: "",
          title: "Lunch, late",
          time: {
            kind: "timed",
            startsAt: new Date("2026-06-01T10:00:00Z"),
            endsAt: new Date("2026-06-01T11:00:00Z"),
          },
          status: "tentative",
          transparency: "opaque",
        },
      ],
    });
  });

  it("places floating times in the zone of the window, under a key that does not depend on it", () => {
    const text = calendar(event("DTSTART:20260601T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=1"));
    const [occurrence] = readObject(text, in2026).occurrences;
    expect(occurrence?.key).toBe("2026-06-01T10:00:00");
    expect(occurrence?.time).toMatchObject({ startsAt: new Date("2026-06-01T08:00:00Z") });
  });

  it("keeps days as days, and keys a series by them", () => {
    const text = calendar(event("DTSTART;VALUE=DATE:20260601", "RRULE:FREQ=DAILY;COUNT=1"));
    const [occurrence] = readObject(text, in2026).occurrences;
    expect(occurrence?.key).toBe("2026-06-01");
    expect(occurrence?.time).toEqual({ kind: "allDay", startDay: "2026-06-01", endDay: "2026-06-02" });
  });

  it("takes Outlook's word for free time only where TRANSP says nothing", () => {
    const read = (...lines: string[]) =>
      readObject(calendar(event("DTSTART:20260601T100000Z", ...lines)), in2026).occurrences[0]?.transparency;
    expect(read()).toBe("opaque");
    expect(read("TRANSP:TRANSPARENT")).toBe("transparent");
    expect(read("X-MICROSOFT-CDO-BUSYSTATUS:FREE")).toBe("transparent");
    expect(read("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "TRANSP:OPAQUE")).toBe("opaque");
  });

  it("knows nothing of alarms and other blocks inside an event", () => {
    const alarm = "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDURATION:PT5M\r\nSUMMARY:Ring\r\nEND:VALARM";
    const [occurrence] = readObject(calendar(event("DTSTART:20260601T100000Z", alarm)), in2026).occurrences;
    expect(occurrence).toMatchObject({ title: "", time: { endsAt: new Date("2026-06-01T10:00:00Z") } });
  });

  it("reads a task as an object without occurrences", () => {
    expect(readObject(calendar("BEGIN:VTODO\r\nUID:t\r\nEND:VTODO"), in2026).occurrences).toEqual([]);
  });

  it.each([
    ["no calendar", "<html>Sign in to the hotel network</html>", "not an iCalendar"],
    ["nothing", "", "not an iCalendar"],
    ["no event", calendar(), "holds no event"],
    ["half an answer", calendar(event("DTSTART:20260601T100000Z")).slice(0, -20), "stops in the middle"],
    ["blocks without end", "BEGIN:VCALENDAR\r\n".concat("BEGIN:X\r\n".repeat(100_000)), "too deeply"],
    ["no start", calendar(event("SUMMARY:x")), "has no start"],
    ["no such day", calendar(event("DTSTART:20260230T100000Z")), "is no date"],
    [
      "a rule without sense",
      calendar(event("DTSTART:20260601T100000Z", "RRULE:FREQ=x")),
      "no known frequency",
    ],
    ["a rule without end", calendar(event("DTSTART:20260601T100000Z", "RRULE:FREQ=SECONDLY")), "too long"],
    ["an RDATE that is none", calendar(event("DTSTART:20260601T100000Z", "RDATE:soon")), "is no date"],
    ["an unclosed quote", calendar(event('DTSTART;TZID="Europe/Berlin:20260601T100000')), "cannot be read"],
    [
      "one bad change",
      calendar(event("DTSTART:20260601T100000Z"), event("RECURRENCE-ID:x", "DTSTART:20260601")),
      "no date",
    ],
  ])("refuses %s instead of calling it empty", (_, text, reason) => {
    expect(() => readObject(text, in2026)).toThrow(AppError);
    expect(() => readObject(text, in2026)).toThrow(reason);
  });
});

describe("readCalendar", () => {
  const good = (uid: string) => event(`UID:${uid}`, "DTSTART:20260601T100000Z");

  it("reports what is broken and keeps the rest", () => {
    const text = calendar(
      good("1"),
      event("UID:2", "DTSTART:someday"),
      event("UID:3", "DTSTART:20260601T100000Z", "RRULE:FREQ=MINUTELY;BYHOUR=25"),
      event("UID:4", "DTSTART:20260601T100000Z", "RRULE:FREQ=SECONDLY"),
      good("5"),
    );
    const { events, unreadable } = readCalendar(text, in2026);
    expect(events.map(({ uid }) => uid)).toEqual(["1", "5"]);
    expect(unreadable.map(({ uid }) => uid)).toEqual(["2", "3", "4"]);
  });

  it("does not show a series of which one change is broken", () => {
    const text = calendar(
      event("UID:1", "DTSTART:20260601T100000Z", "RRULE:FREQ=DAILY;COUNT=3"),
      event("UID:1", "RECURRENCE-ID:20260602T100000Z", "DTSTART:someday"),
    );
    const { events, unreadable } = readCalendar(text, in2026);
    expect(events).toEqual([]);
    expect(unreadable).toHaveLength(1);
  });

  it("keeps events that share a UID, or have none, apart", () => {
    const shared = calendar(
      event("UID:1", "DTSTART:20260601T100000Z"),
      event("UID:1", "DTSTART:20260602T100000Z"),
      event("UID:1", "SEQUENCE:1", "SUMMARY:Later version", "DTSTART:20260602T100000Z"),
    );
    const [one] = readCalendar(shared, in2026).events;
    expect(one?.occurrences.map(({ key, title }) => `${key} ${title}`)).toEqual([
      "2026-06-01T10:00:00.000Z/ ",
      "2026-06-02T10:00:00.000Z/ Later version",
    ]);
    const without = calendar(
      event("UID:", "DTSTART:20260601T100000Z"),
      event("UID:", "DTSTART:20260602T100000Z"),
    );
    expect(readCalendar(without, in2026).events).toHaveLength(2);
  });

  it("does not hang on a time zone that changes every second", () => {
    const zone = [
      "BEGIN:VTIMEZONE\r\nTZID:Odd\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000",
      "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE",
    ];
    const events = Array.from({ length: 50 }, (_, index) =>
      event(`UID:${index}`, `DTSTART;TZID=Odd:${2000 + index}0101T100000`),
    );
    const { unreadable } = readCalendar(calendar(...zone, ...events, good("last")), in2026);
    expect(unreadable).toHaveLength(50);
  });

  it("has limits", () => {
    const limits = { characters: 1000, events: 2 };
    expect(() => readCalendar(calendar(good("1"), good("2"), good("3")), in2026, limits)).toThrow("too many");
    expect(() => readCalendar(" ".repeat(1001), in2026, limits)).toThrow("too large");
  });
});

describe("dirty text", () => {
  const title = (text: string) => readCalendar(text, in2026).events[0]?.occurrences[0]?.title;
  const clean = calendar(event("SUMMARY:A rather long title", "DTSTART:20260601T100000Z"));

  it.each([
    ["a byte order mark", `\uFEFF${clean}`],
    ["line feeds only", clean.replaceAll("\r\n", "\n")],
    ["carriage returns only", clean.replaceAll("\r\n", "\r")],
    ["blank lines", clean.replaceAll("\r\n", "\r\n\r\n")],
    [
      "something before, after and between",
      `PHP Notice: x\r\n${clean}<!-- 3 ms -->`.replace("END:VEVENT", "END:VEVENT\r\n<br>"),
    ],
    ["a fold", clean.replace("long title", "long\r\n  title")],
    ["a fold with a tab, inside a name", clean.replace("SUMMARY", "SUMM\r\n\tARY")],
    [
      "a line broken without a fold",
      clean.replace("long title", "long\r\n title").replace("\r\n title", " \r\ntitle"),
    ],
    ["lower case", clean.replace("BEGIN:VEVENT", "begin:vevent").replace("SUMMARY", "summary")],
    ["a stray END", clean.replace("BEGIN:VEVENT", "END:VALARM\r\nBEGIN:VEVENT")],
    ["dashes in a date", clean.replace("20260601T100000Z", "2026-06-01T10:00:00Z")],
    ["a broken parameter on the title", clean.replace("SUMMARY:", 'SUMMARY;LANGUAGE="de:')],
  ])("may have %s", (_, text) => {
    expect(title(text)).toBe("A rather long title");
  });

  it("loses the event that lost its END, and no other", () => {
    const text = calendar(
      "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260601T100000Z",
      event("UID:2", "DTSTART:20260601T100000Z"),
    );
    const { events, unreadable } = readCalendar(text, in2026);
    expect(events.map(({ uid }) => uid)).toEqual(["2"]);
    expect(unreadable.map(({ uid }) => uid)).toEqual(["1"]);
  });

  it("is refused when one calendar begins inside another", () => {
    expect(() => title(`${clean.replace("END:VCALENDAR", "")}${clean}`)).toThrow("stops in the middle");
  });

  it("understands a zone name whose colon is not quoted", () => {
    const text = calendar(event("DTSTART;TZID=(UTC+01:00) Berlin:20260601T100000"));
    expect(readObject(text, in2026).occurrences[0]?.time).toMatchObject({
      startsAt: new Date("2026-06-01T09:00:00Z"),
    });
  });

  it("is read or refused, but never anything else, whatever is done to it", () => {
    const sample = calendar(
      "BEGIN:VTIMEZONE\r\nTZID:Odd\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:STANDARD\r\nEND:VTIMEZONE",
      event(
        "DTSTART;TZID=Odd:20260601T100000",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,2TU;COUNT=9;WKST=SU",
        "EXDATE:20260608T080000Z",
        "DURATION:P1DT2H",
      ),
      event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20260615T080000Z",
        "DTSTART;VALUE=DATE:20260615",
        "RDATE;VALUE=PERIOD:20260701T080000Z/PT1H",
      ),
    );
    const edit = fc.record({
      at: fc.nat(sample.length),
      remove: fc.nat(12),
      insert: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom(":", ";", "\r\n", "=", '"', "9999", "-", "BEGIN:VEVENT\r\n", ","),
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        const text = edits.reduce(
          (all, { at, remove, insert }) => all.slice(0, at) + insert + all.slice(at + remove),
          sample,
        );
        try {
          readCalendar(text, in2026);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 400 },
    );
  });
});

it("reads a feed of thousands of events in little time", () => {
  const events = Array.from({ length: 2000 }, (_, index) =>
    event(
      `UID:${index}`,
      "DTSTART;TZID=Europe/Berlin:20200106T100000",
      "DTEND;TZID=Europe/Berlin:20200106T110000",
      ...(index % 10 === 0 ? ["RRULE:FREQ=WEEKLY"] : []),
      `DESCRIPTION:${"Lorem ipsum dolor sit amet. ".repeat(15)}`,
    ),
  );
  const before = performance.now();
  expect(readCalendar(calendar(...events), in2026).events).toHaveLength(2000);
  expect(performance.now() - before).toBeLessThan(3000);
});
