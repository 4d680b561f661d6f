import { describe, expect, it } from "vitest";
import { readCopy } from "./read-copy";
import { calendar, event } from "./test-text";
import { timeZoneLines } from "./write-vtimezone";

const weekly = [
  "SUMMARY:Jour fixe",
  "DTSTART;TZID=Europe/Berlin:20260302T100000",
  "DTEND;TZID=Europe/Berlin:20260302T110000",
];
const read = (...events: string[]) => readCopy(calendar(...events), "Asia/Tokyo");

describe("what repeats in a calendar", () => {
  it("is one rule with exceptions, whatever form they have", () => {
    const copy = read(
      event(
        ...weekly,
        "RRULE:freq=weekly;UNTIL=20260601;BYDAY=MO",
        "EXDATE;TZID=Europe/Berlin:20260309T100000,20260330T100000",
        "EXDATE:20260316T090000Z",
        "EXDATE;VALUE=DATE:20260406",
      ),
      event("RECURRENCE-ID:20260420T080000Z", "SUMMARY:Later", "LOCATION:Room 5", "DTSTART:20260420T100000Z"),
      event("RECURRENCE-ID;TZID=Europe/Berlin:20260427T100000", "STATUS:CANCELLED", ...weekly),
    );
    expect(copy).toMatchObject({ isRecurring: true, timeZone: "Europe/Berlin" });
    expect(copy?.recurrence).toEqual({
      rule: "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260601T215959Z",
      exceptions: [
        { key: "2026-03-09T09:00:00.000Z", says: null },
        { key: "2026-03-16T09:00:00.000Z", says: null },
        { key: "2026-03-30T08:00:00.000Z", says: null },
        { key: "2026-04-06T08:00:00.000Z", says: null },
        {
          key: "2026-04-20T08:00:00.000Z",
          says: {
            title: "Later",
            description: null,
            location: "Room 5",
            time: {
              kind: "timed",
              startsAt: "2026-04-20T10:00:00.000Z",
              endsAt: "2026-04-20T10:00:00.000Z",
            },
          },
        },
        { key: "2026-04-27T08:00:00.000Z", says: null },
      ],
    });
  });

  it("is days where it is days, and then of no zone", () => {
    const copy = read(
      event(
        "DTSTART;VALUE=DATE:20260302",
        "RRULE:FREQ=DAILY;UNTIL=20260310T230000Z",
        "EXDATE;VALUE=DATE:20260304",
      ),
    );
    expect(copy).toMatchObject({ isRecurring: true, timeZone: null });
    expect(copy?.recurrence).toEqual({
      rule: "FREQ=DAILY;UNTIL=20260310",
      exceptions: [{ key: "2026-03-04", says: null }],
    });
  });

  it("is the host's own where the copy names no zone", () => {
    const copy = read(
      event("DTSTART:20260302T100000", "RRULE:FREQ=DAILY;UNTIL=20260304T100000Z", "EXDATE:20260303T100000"),
    );
    expect(copy).toMatchObject({ isRecurring: true, timeZone: "Asia/Tokyo" });
    expect(copy?.recurrence).toEqual({
      rule: "FREQ=DAILY;UNTIL=20260304T010000Z",
      exceptions: [{ key: "2026-03-03T01:00:00.000Z", says: null }],
    });
  });

  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["W. Europe Standard Time", "Europe/Berlin"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["UTC", "UTC"],
  ])("calls the zone %s by a name everybody knows", (tzid, timeZone) => {
    const copy = read(event(`DTSTART;TZID=${tzid}:20260302T100000`, "RRULE:FREQ=DAILY;COUNT=3"));
    expect(copy).toMatchObject({ timeZone, recurrence: { exceptions: [] } });
  });

  const zoneOf = (tzid: string, timeZone: string) =>
    timeZoneLines(timeZone, new Date("2026-01-01"))
      .map((line) => (line.startsWith("TZID") ? `TZID:${tzid}` : line))
      .join("\r\n");
  it.each([
    ["/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin", "Europe/Berlin"],
    ["Customized Time Zone", "Asia/Tokyo", "Asia/Tokyo"],
    ["Customized Time Zone", "America/New_York", null],
    ["/freeassociation.sourceforge.net/Europe/Berlin", "America/New_York", null],
  ])("calls %s, which the file makes %s, %s", (tzid, made, timeZone) => {
    const copy = read(zoneOf(tzid, made), event(`DTSTART;TZID=${tzid}:20260302T100000`, "RRULE:FREQ=DAILY"));
    const recurrence = timeZone === null ? null : { rule: "FREQ=DAILY", exceptions: [] };
    expect(copy).toMatchObject({ isRecurring: true, timeZone, recurrence });
  });

  const ownZone = [
    "BEGIN:VTIMEZONE",
    "TZID:Ours",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0123",
    "TZOFFSETTO:+0123",
    "END:STANDARD",
    "END:VTIMEZONE",
  ].join("\r\n");
  it.each([
    ["further dates", [event(...weekly, "RRULE:FREQ=WEEKLY", "RDATE:20260303T090000Z")]],
    ["nothing but dates", [event(...weekly, "RDATE:20260303T090000Z")]],
    ["a second rule", [event(...weekly, "RRULE:FREQ=WEEKLY", "RRULE:FREQ=MONTHLY;BYMONTHDAY=2")]],
    ["a rule of what is off", [event(...weekly, "RRULE:FREQ=WEEKLY", "EXRULE:FREQ=MONTHLY;BYMONTHDAY=2")]],
    [
      "a change to all that follow",
      [
        event(...weekly, "RRULE:FREQ=WEEKLY"),
        event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260309T090000Z", "DTSTART:20260309T100000Z"),
      ],
    ],
    ["a start beside the rule", [event(...weekly, "RRULE:FREQ=WEEKLY;BYDAY=TU")]],
    ["a rule that ended before", [event(...weekly, "RRULE:FREQ=WEEKLY;UNTIL=20260101T000000Z")]],
    ["two endings", [event(...weekly, "RRULE:FREQ=WEEKLY;COUNT=3;UNTIL=20270101T000000Z")]],
    ["one occurrence of a series that is elsewhere", [event("RECURRENCE-ID:20260302T090000Z", ...weekly)]],
    ["a series twice", [event(...weekly, "RRULE:FREQ=WEEKLY"), event("DTSTART:20260303T100000Z")]],
    ["a zone of its own", [ownZone, event("DTSTART;TZID=Ours:20260302T100000", "RRULE:FREQ=WEEKLY")]],
    [
      "a day off with two occurrences on it",
      [event(...weekly, "RRULE:FREQ=DAILY;BYHOUR=10,15", "EXDATE;VALUE=DATE:20260303")],
    ],
  ])("is left alone where one rule cannot say it: %s", (_what, events) => {
    expect(read(...events)).toMatchObject({ isRecurring: true, recurrence: null });
  });
});
