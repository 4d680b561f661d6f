import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { readObject } from "./read-object";
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

  it("understands a zone name whose colon is not quoted", () => {
    const text = calendar(event("DTSTART;TZID=(UTC+01:00) Berlin:20260601T100000"));
    expect(readObject(text, in2026).occurrences[0]?.time).toMatchObject({
      startsAt: new Date("2026-06-01T09:00:00Z"),
    });
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
