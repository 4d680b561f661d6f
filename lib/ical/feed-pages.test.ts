import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { readWhole, titlesOf } from "./test-feed";
import { calendar, event } from "./test-text";

const good = (uid: string, ...lines: string[]) => event(`UID:${uid}`, "DTSTART:20260601T100000Z", ...lines);
const uidsOf = (text: string) => readWhole(text).events.map(({ uid }) => uid);

describe("a feed", () => {
  it("gives every event under the hash of its UID", () => {
    const { events, versions } = readWhole(calendar(good("a@b", "SUMMARY:Lunch", "DURATION:PT1H")));
    const id = createHash("sha256").update("a@b").digest("hex").slice(0, 32);
    expect(events).toEqual([
      {
        id,
        uid: "a@b",
        etag: versions[id],
        object: expect.stringContaining("SUMMARY:Lunch\r\n"),
        occurrences: [
          {
            key: "",
            title: "Lunch",
            time: {
              kind: "timed",
              startsAt: new Date("2026-06-01T10:00:00Z"),
              endsAt: new Date("2026-06-01T11:00:00Z"),
            },
            status: "confirmed",
            transparency: "opaque",
          },
        ],
      },
    ]);
  });

  it("counts and names what it could not use, and keeps the rest", () => {
    const text = calendar(
      good("1"),
      event("UID:2", "SUMMARY:Some day", "DTSTART:someday"),
      event("UID:3", "DTSTART:20260601T100000Z", "RRULE:FREQ=MINUTELY;BYHOUR=25"),
      event("UID:4", "DTSTART:20260601T100000Z", "RRULE:FREQ=SECONDLY"),
      event("SUMMARY:No UID", "UID:", "DTSTART:20260230"),
      good("5"),
    );
    const { events, facts, unreadable, versions } = readWhole(text);
    expect(events.map(({ uid }) => uid)).toEqual(["1", "5"]);
    expect(facts).toMatchObject({ eventCount: 2, skippedCount: 4 });
    expect(facts.skipped.map(({ uid, title }) => `${uid} ${title}`.trim())).toEqual([
      "2 Some day",
      "3",
      "No UID",
      "4",
    ]);
    expect(facts.skipped[0]?.reason).toContain("is no date");
    expect(unreadable).toHaveLength(3);
    for (const { id } of unreadable) expect(versions).not.toHaveProperty(id);
  });

  it("names fifty of them at most, and no reason at length", () => {
    const broken = Array.from({ length: 60 }, (_, n) => event(`UID:${n}`, `DTSTART:${"x".repeat(1000)}`));
    const { facts, unreadable } = readWhole(calendar(...broken));
    expect(facts.skippedCount).toBe(60);
    expect(facts.skipped).toHaveLength(50);
    expect(unreadable).toHaveLength(60);
    expect(facts.skipped[0]?.reason.length).toBeLessThan(310);
  });

  it("says as much of a title with each occurrence as is kept of it, and all of it in the object", () => {
    const title = "x".repeat(100_000);
    const [read] = readWhole(
      calendar(event("UID:1", `SUMMARY:${title}`, "DTSTART:20260601T100000Z", "RRULE:FREQ=DAILY;COUNT=3")),
    ).events;
    expect(read?.occurrences.map((occurrence) => occurrence.title.length)).toEqual([500, 500, 500]);
    expect(read?.object.replaceAll("\r\n ", "")).toContain(title);
  });

  it("leaves out what repeats more often than there is room for, and nothing else", () => {
    const daily = (uid: string, count: number) =>
      event(`UID:${uid}`, "DTSTART:20260601T100000Z", `RRULE:FREQ=DAILY;COUNT=${count}`);
    const text = calendar(daily("1", 6), daily("2", 5), daily("3", 4));
    const read = readWhole(text, { maxOccurrences: 10 });
    expect(read.events.map(({ uid }) => uid)).toEqual(["1", "3"]);
    expect(read.facts).toMatchObject({ eventCount: 2, skippedCount: 1 });
    expect(read.unreadable).toEqual([{ id: expect.any(String), reason: expect.stringContaining("repeat") }]);
  });

  it("uses what is left of a UID of which one component makes no sense", () => {
    const text = calendar(
      event("UID:1", "SUMMARY:Daily", "DTSTART:20260601T100000Z", "RRULE:FREQ=DAILY;COUNT=2"),
      event("UID:1", "SUMMARY:Moved", "RECURRENCE-ID:20260602T100000Z", "DTSTART:someday"),
    );
    const read = readWhole(text);
    expect(titlesOf(read)).toEqual(["Daily 2026-06-01T10:00", "Daily 2026-06-02T10:00"]);
    expect(read.facts).toMatchObject({ eventCount: 1, skippedCount: 1 });
    expect(read.unreadable).toEqual([]);
    expect(read.events[0]?.object).not.toContain("someday");
  });

  it("counts all components of a UID that takes too long to work out", () => {
    const text = calendar(
      event("UID:1", "DTSTART:20260601T100000Z", "RRULE:FREQ=SECONDLY"),
      event("UID:1", "RECURRENCE-ID:20260602T100000Z", "DTSTART:20260602T110000Z"),
      good("2"),
    );
    const { facts, unreadable } = readWhole(text);
    expect(facts).toMatchObject({ eventCount: 1, skippedCount: 2 });
    expect(unreadable).toEqual([{ id: expect.any(String), reason: expect.stringContaining("too long") }]);
  });

  it("keeps events that share a UID, or have none, apart", () => {
    const shared = readWhole(
      calendar(
        event("UID:1", "DTSTART:20260601T100000Z"),
        event("UID:1", "DTSTART:20260602T100000Z"),
        event("UID:1", "SEQUENCE:1", "SUMMARY:Later version", "DTSTART:20260602T100000Z"),
      ),
    );
    expect(shared.events).toHaveLength(1);
    expect(shared.events[0]?.occurrences.map(({ key, title }) => `${key} ${title}`)).toEqual([
      "2026-06-01T10:00:00.000Z/ ",
      "2026-06-02T10:00:00.000Z/ Later version",
    ]);
    const without = ["A", "A", "B"].map((title) =>
      event("UID:", `SUMMARY:${title}`, "DTSTART:20260601T100000Z"),
    );
    expect(uidsOf(calendar(...without))).toEqual([
      "2026-06-01T10:00:00 A",
      "2026-06-01T10:00:00 A (2)",
      "2026-06-01T10:00:00 B",
    ]);
  });

  it("shows a change of which the series is not in the file", () => {
    const orphan = event("RECURRENCE-ID:20260602T100000Z", "DTSTART:20260602T110000Z", "SUMMARY:Moved");
    expect(titlesOf(readWhole(calendar(orphan)))).toEqual(["Moved 2026-06-02T11:00"]);
  });

  it("takes times without a zone in the feed's, or the host's", () => {
    const floating = event("SUMMARY:At ten", "DTSTART:20260601T100000");
    expect(titlesOf(readWhole(calendar(floating)))).toEqual(["At ten 2026-06-01T08:00"]);
    const startIn = (zone: string) => titlesOf(readWhole(calendar(`X-WR-TIMEZONE:${zone}`, floating)));
    expect(startIn("America/New_York")).toEqual(["At ten 2026-06-01T14:00"]);
    expect(startIn("Eastern Standard Time")).toEqual(["At ten 2026-06-01T14:00"]);
    expect(startIn("Middle/Earth")).toEqual(["At ten 2026-06-01T08:00"]);
  });

  it("ends with the year 9999 for what never does", () => {
    const text = calendar(
      event(
        "UID:1",
        "DTSTART;TZID=America/New_York:20260601T100000",
        "DTEND;TZID=America/New_York:99991231T235959",
      ),
      event("UID:2", "DTSTART;VALUE=DATE:20260601", "DTEND;VALUE=DATE:99991231"),
      event("UID:3", "DTSTART:20260601T100000Z", "DURATION:P900000W"),
      event("UID:4", "DTSTART;TZID=Asia/Tokyo:00010101T000000", "DURATION:P900000W"),
    );
    const years = readWhole(text).events.flatMap(({ occurrences }) =>
      occurrences.map(({ time }) =>
        time.kind === "allDay"
          ? [time.startDay, time.endDay]
          : [time.startsAt.toJSON(), time.endsAt.toJSON()],
      ),
    );
    expect(years).toHaveLength(4);
    for (const each of years.flat()) expect(each).toMatch(/^\d{4}-\d\d-\d\d(T\S+Z)?$/);
    expect(years.flat()).not.toContainEqual(expect.stringMatching(/^0000/));
  });

  it("does not hang on a time zone that changes every second", () => {
    const zone = [
      "BEGIN:VTIMEZONE\r\nTZID:Odd\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000",
      "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE",
    ];
    const events = Array.from({ length: 50 }, (_, index) =>
      event(`UID:${index}`, `DTSTART;TZID=Odd:${2000 + index}0101T100000`),
    );
    const { facts, unreadable } = readWhole(calendar(...zone, ...events, good("last")));
    expect(unreadable).toHaveLength(50);
    expect(facts).toMatchObject({ eventCount: 1, skippedCount: 50 });
  }, 30_000);

  it.each([
    ["a web page", "<!DOCTYPE html><html><body>Sign in</body></html>", "a web page, not a calendar"],
    ["a web page without its head", "\n<HTML lang=de>Anmelden", "a web page, not a calendar"],
    ["JSON", '{"error":"expired"}', "JSON, not a calendar"],
    ["nothing", "  \r\n", "empty"],
    ["something else", "hello", "no calendar"],
    ["half of one", calendar(good("1")).slice(0, -20), "stops in the middle"],
    ["two inside each other", `BEGIN:VCALENDAR\r\n${calendar(good("1"))}`, "stops in the middle"],
  ])("is refused when it is %s", (_, text, reason) => {
    expect(() => readWhole(text)).toThrow(AppError);
    expect(() => readWhole(text)).toThrow(reason);
  });

  it("is refused when it has more events than are wanted", () => {
    const text = calendar(good("1"), good("2"), good("3"));
    expect(() => readWhole(text, { maxEvents: 2 })).toThrow("more than 2 events");
    expect(readWhole(text, { maxEvents: 3 }).events).toHaveLength(3);
  });

  it("does not take a UID that no key can hold", () => {
    const { facts } = readWhole(calendar(good("x".repeat(801)), good("y".repeat(800))));
    expect(facts).toMatchObject({ eventCount: 1, skippedCount: 1 });
  });
});

describe("dirty text", () => {
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
    ["a fold that holds a blank alone", clean.replace("long title", "long\r\n  \r\n title")],
    ["a fold with a tab, inside a name", clean.replace("SUMMARY", "SUMM\r\n\tARY")],
    [
      "a line broken without a fold",
      clean.replace("long title", "long\r\n title").replace("\r\n title", " \r\ntitle"),
    ],
    ["lower case", clean.replace("BEGIN:VEVENT", "begin:vevent").replace("SUMMARY", "summary")],
    ["a blank after a name", clean.replace("SUMMARY:", "Summary :")],
    ["control characters", clean.replace("rather", "ra\u0000th\u0007er")],
    ["a stray END", clean.replace("BEGIN:VEVENT", "END:VALARM\r\nBEGIN:VEVENT")],
    ["dashes in a date", clean.replace("20260601T100000Z", "2026-06-01T10:00:00Z")],
    ["a broken parameter on the title", clean.replace("SUMMARY:", 'SUMMARY;LANGUAGE="de:')],
  ])("may have %s", (_, text) => {
    expect(titlesOf(readWhole(text))).toEqual(["A rather long title 2026-06-01T10:00"]);
  });

  it("loses the event that lost its END, and no other", () => {
    const text = calendar("BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260601T100000Z", good("2"));
    const { events, facts } = readWhole(text);
    expect(events.map(({ uid }) => uid)).toEqual(["2"]);
    expect(facts.skipped.map(({ uid }) => uid)).toEqual(["1"]);
  });

  it("is read in little time however often a line is broken", () => {
    const broken = clean.replace("END:VEVENT", `X-A:1${"\r\nrest of it".repeat(200_000)}\r\nEND:VEVENT`);
    const folded = clean.replace("long title", `long title${"\r\n x".repeat(200_000)}`);
    const before = performance.now();
    for (const text of [broken, folded]) expect(readWhole(text).events).toHaveLength(1);
    expect(performance.now() - before).toBeLessThan(10_000);
  }, 60_000);

  it("is read or refused, but never anything else, whatever is done to it", () => {
    const sample = calendar(
      "X-WR-CALNAME:Odd\r\nCOLOR:teal\r\nX-PUBLISHED-TTL:PT1H\r\nX-WR-TIMEZONE:Europe/Paris",
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
          readWhole(text);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 400 },
    );
  });
});

it("reads thousands of events in little time", () => {
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
  expect(readWhole(calendar(...events), { maxEvents: 2000 }).events).toHaveLength(2000);
  expect(performance.now() - before).toBeLessThan(10_000);
}, 60_000);
