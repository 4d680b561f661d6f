import { describe, expect, it } from "vitest";
import { readCopy } from "./read-copy";
import { calendar, event } from "./test-text";

const start = "DTSTART:20260601T100000Z";
const end = "DTEND:20260601T110000Z";

describe("readCopy", () => {
  it("reads all that a push writes, and when it was last revised", () => {
    const text = calendar(
      event(
        "UID:a@calends",
        "SUMMARY:Intro\\, moved",
        "DESCRIPTION:One\\ntwo",
        "LOCATION:Room 5",
        "DTSTAMP:20260101T000000Z",
        "LAST-MODIFIED:20260102T030405Z",
        start,
        end,
      ),
    );
    expect(readCopy(text, "UTC")).toEqual({
      uid: "a@calends",
      title: "Intro, moved",
      description: "One\ntwo",
      location: "Room 5",
      time: {
        kind: "timed",
        startsAt: new Date("2026-06-01T10:00:00Z"),
        endsAt: new Date("2026-06-01T11:00:00Z"),
      },
      isRecurring: false,
      updatedAt: new Date("2026-01-02T03:04:05Z"),
    });
  });

  it.each([
    ["nothing at all", [], null],
    ["a stamp alone", ["DTSTAMP:20260101T000000Z"], new Date("2026-01-01T00:00:00Z")],
    ["a stamp without a zone", ["DTSTAMP:20260101T000000"], null],
    ["a stamp that is none", ["LAST-MODIFIED:yesterday"], null],
  ])("when it says %s", (_what, lines, updatedAt) => {
    expect(readCopy(calendar(event(start, end, ...lines)), "UTC")?.updatedAt).toEqual(updatedAt);
  });

  it("keeps days days, and takes floating times where the host is", () => {
    const timeOf = (...lines: string[]) => readCopy(calendar(event(...lines)), "Europe/Berlin")?.time;
    expect(timeOf("DTSTART;VALUE=DATE:20260601")).toEqual({
      kind: "allDay",
      startDay: "2026-06-01",
      endDay: "2026-06-02",
    });
    expect(timeOf("DTSTART:20260601T100000", "DTEND:20260601T103000")).toEqual({
      kind: "timed",
      startsAt: new Date("2026-06-01T08:00:00Z"),
      endsAt: new Date("2026-06-01T08:30:00Z"),
    });
  });

  it.each([
    ["a rule", [event(start, end, "RRULE:FREQ=WEEKLY")]],
    ["another date", [event(start, end, "RDATE:20260701T100000Z")]],
    [
      "a change of one instance, told of first",
      [
        event("RECURRENCE-ID:20260608T100000Z", "SUMMARY:Other", "DTSTART:20260608T120000Z"),
        event(start, end, "SUMMARY:Series", "DESCRIPTION:Ours", "RRULE:FREQ=WEEKLY"),
      ],
    ],
  ])("repeats with %s", (_what, events) => {
    expect(readCopy(calendar(...events), "UTC")).toMatchObject({
      isRecurring: true,
      time: { startsAt: new Date("2026-06-01T10:00:00Z") },
    });
  });

  it("reads the words of the series, not of one instance", () => {
    const one = event("RECURRENCE-ID:20260608T100000Z", "DESCRIPTION:Other", "DTSTART:20260608T120000Z");
    const series = event(start, end, "DESCRIPTION:Ours", "RRULE:FREQ=WEEKLY");
    expect(readCopy(calendar(one, series), "UTC")?.description).toBe("Ours");
  });

  it("is gone when it was called off, or is no event any more", () => {
    expect(readCopy(calendar(event(start, end, "STATUS:CANCELLED")), "UTC")).toBeNull();
    expect(readCopy(calendar("BEGIN:VTODO", "UID:1", "END:VTODO"), "UTC")).toBeNull();
  });

  it("is never gone because it cannot be understood", () => {
    expect(() => readCopy(calendar(event("DTSTART:soon")), "UTC")).toThrow("no date");
    expect(() => readCopy(calendar(), "UTC")).toThrow("holds no event");
  });
});
