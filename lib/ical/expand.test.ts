import { describe, expect, it } from "vitest";
import { calendar, event, spans, starts, windowOf } from "./test-text";

const in2026 = windowOf("2026-01-01", "2027-01-01");

describe("daylight saving", () => {
  it("keeps the wall clock of a series across a change", () => {
    const text = calendar(
      event("DTSTART;TZID=America/New_York:20260307T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"),
    );
    expect(spans(text, in2026)).toEqual([
      "2026-03-07T14:00Z/2026-03-07T15:00Z",
      "2026-03-08T13:00Z/2026-03-08T14:00Z",
    ]);
  });

  it("moves a skipped time on, and takes a repeated one once, at its first pass", () => {
    const at = (start: string) => starts(calendar(event(`DTSTART;TZID=${start}`)), in2026);
    expect(at("Europe/Berlin:20260329T023000")).toEqual(["2026-03-29T01:30Z"]);
    expect(at("Europe/Berlin:20261025T023000")).toEqual(["2026-10-25T00:30Z"]);
    expect(at("Europe/Dublin:20260329T013000")).toEqual(["2026-03-29T01:30Z"]);
    expect(at("Australia/Lord_Howe:20261004T021500")).toEqual(["2026-10-03T15:45Z"]);
    expect(at("Australia/Lord_Howe:20260405T014500")).toEqual(["2026-04-04T14:45Z"]);
  });

  it("begins a day that has no midnight an hour later", () => {
    const text = calendar(
      event("DTSTART;TZID=America/Sao_Paulo:20181103T000000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3"),
    );
    expect(starts(text, windowOf("2018-11-01", "2018-12-01"))).toEqual([
      "2018-11-03T03:00Z",
      "2018-11-04T03:00Z",
      "2018-11-05T02:00Z",
    ]);
  });

  it("takes days of a DURATION as days, hours as hours, and the length of a DTEND as exact", () => {
    const over = (length: string) =>
      spans(calendar(event("DTSTART;TZID=Europe/Berlin:20260328T120000", length)), in2026);
    expect(over("DURATION:P1D")).toEqual(["2026-03-28T11:00Z/2026-03-29T10:00Z"]);
    expect(over("DURATION:PT24H")).toEqual(["2026-03-28T11:00Z/2026-03-29T11:00Z"]);
    const series = calendar(
      event(
        "DTSTART;TZID=Europe/Berlin:20260321T120000",
        "DTEND;TZID=Europe/Berlin:20260322T120000",
        "RRULE:FREQ=WEEKLY;COUNT=2",
      ),
    );
    expect(spans(series, in2026)[1]).toBe("2026-03-28T11:00Z/2026-03-29T11:00Z");
  });
});

describe("lengths", () => {
  it("lasts a day without an end when it is all day, and no time when it is not", () => {
    expect(spans(calendar(event("DTSTART;VALUE=DATE:20260228")), in2026)).toEqual(["2026-02-28/2026-03-01"]);
    expect(spans(calendar(event("DTSTART:20260228T100000Z")), in2026)).toEqual([
      "2026-02-28T10:00Z/2026-02-28T10:00Z",
    ]);
  });

  it("never ends before it starts", () => {
    const timed = (length: string) => spans(calendar(event("DTSTART:20260228T100000Z", length)), in2026);
    expect(timed("DTEND:20260228T090000Z")).toEqual(["2026-02-28T10:00Z/2026-02-28T10:00Z"]);
    expect(timed("DURATION:-PT1H")).toEqual(["2026-02-28T10:00Z/2026-02-28T10:00Z"]);
    const allDay = calendar(event("DTSTART;VALUE=DATE:20260228", "DTEND;VALUE=DATE:20260228"));
    expect(spans(allDay, in2026)).toEqual(["2026-02-28/2026-03-01"]);
  });

  it("reads an end of another kind than the start", () => {
    expect(spans(calendar(event("DTSTART;VALUE=DATE:20260228", "DTEND:20260301T120000")), in2026)).toEqual([
      "2026-02-28/2026-03-02",
    ]);
    expect(
      spans(calendar(event("DTSTART;TZID=Europe/Berlin:20260228T120000", "DTEND:20260228T130000")), in2026),
    ).toEqual(["2026-02-28T11:00Z/2026-02-28T12:00Z"]);
  });
});

describe("the window", () => {
  const day = windowOf("2026-05-05", "2026-05-06");

  it("is half open, and holds an event without length at its start only", () => {
    expect(starts(calendar(event("DTSTART:20260504T230000Z", "DURATION:PT1H")), day)).toEqual([]);
    expect(starts(calendar(event("DTSTART:20260504T230000Z", "DURATION:PT61M")), day)).toHaveLength(1);
    expect(starts(calendar(event("DTSTART:20260505T000000Z")), day)).toHaveLength(1);
    expect(starts(calendar(event("DTSTART:20260506T000000Z")), day)).toHaveLength(0);
  });

  it("holds what began long before it", () => {
    const text = calendar(event("DTSTART:20260101T000000Z", "DURATION:P40D", "RRULE:FREQ=MONTHLY"));
    expect(starts(text, day)).toEqual(["2026-04-01T00:00Z", "2026-05-01T00:00Z"]);
  });

  it("places days and floating times by the clock of its zone", () => {
    const inTokyo = windowOf("2026-05-04T15:00Z", "2026-05-05T15:00Z", "Asia/Tokyo");
    expect(starts(calendar(event("DTSTART;VALUE=DATE:20260505")), inTokyo)).toHaveLength(1);
    expect(starts(calendar(event("DTSTART;VALUE=DATE:20260504")), inTokyo)).toHaveLength(0);
    expect(starts(calendar(event("DTSTART:20260505T233000")), inTokyo)).toEqual(["2026-05-05T23:30"]);
    expect(starts(calendar(event("DTSTART:20260506T003000")), inTokyo)).toEqual([]);
  });

  it("lists cancelled events", () => {
    expect(starts(calendar(event("DTSTART:20260505T100000Z", "STATUS:CANCELLED")), day)).toHaveLength(1);
  });
});

describe("UNTIL", () => {
  const from = (start: string, until: string) =>
    starts(calendar(event(`DTSTART${start}`, `RRULE:FREQ=DAILY;UNTIL=${until}`)), in2026).length;

  it("includes its own moment, in UTC or on the event's clock", () => {
    expect(from(";TZID=America/New_York:20260101T200000", "20260103T010000Z")).toBe(2);
    expect(from(";TZID=America/New_York:20260101T200000", "20260103T005959Z")).toBe(1);
    expect(from(";TZID=America/New_York:20260101T200000", "20260103T200000")).toBe(3);
    expect(from(";TZID=America/New_York:20260101T200000", "20260103T195959")).toBe(2);
  });

  it("includes the whole day when it is one", () => {
    expect(from(";TZID=America/New_York:20260101T200000", "20260103")).toBe(3);
    expect(from(";VALUE=DATE:20260101", "20260103")).toBe(3);
  });

  it("ends an all-day series on its day even when it is a time", () => {
    expect(from(";VALUE=DATE:20260101", "20260103T000000Z")).toBe(3);
    expect(from(";VALUE=DATE:20260101", "20260103T235959Z")).toBe(3);
  });

  it("before the start leaves nothing: a series cut off at its first instance", () => {
    expect(from(":20260105T100000Z", "20260104T000000Z")).toBe(0);
  });
});

describe("EXDATE", () => {
  const without = (...exdates: string[]) =>
    starts(
      calendar(event("DTSTART;TZID=Europe/Berlin:20260601T100000", "RRULE:FREQ=DAILY;COUNT=3", ...exdates)),
      in2026,
    ).map((start) => start.slice(8, 10));

  it("matches the instant, in whatever zone it is written", () => {
    expect(without("EXDATE;TZID=America/New_York:20260602T040000")).toEqual(["01", "03"]);
    expect(without("EXDATE:20260602T080000Z,20260603T080000Z")).toEqual(["01"]);
    expect(without("EXDATE:20260602T100000")).toEqual(["01", "03"]);
    expect(without("EXDATE;TZID=America/New_York:20260602T100000")).toEqual(["01", "02", "03"]);
  });

  it("as a day strikes out the day, and counts towards COUNT", () => {
    expect(without("EXDATE;VALUE=DATE:20260601")).toEqual(["02", "03"]);
  });

  it("that is no date is left out", () => {
    expect(without("EXDATE:soon", "EXDATE:", "EXDATE:20260602T080000Z")).toEqual(["01", "03"]);
  });

  it("of a time strikes out the day of an all-day series", () => {
    const text = calendar(
      event(
        "DTSTART;VALUE=DATE:20260601",
        "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE;TZID=Europe/Berlin:20260602T000000",
      ),
    );
    expect(starts(text, in2026)).toEqual(["2026-06-01", "2026-06-03"]);
  });
});

describe("RDATE", () => {
  it("adds to DTSTART, also without a rule, and brings its own zone", () => {
    const text = calendar(
      event(
        "DTSTART:20260601T100000Z",
        "DURATION:PT1H",
        "RDATE;TZID=Europe/Berlin:20260701T100000",
        "RDATE:",
      ),
    );
    expect(starts(text, in2026)).toEqual(["2026-06-01T10:00Z", "2026-07-01T08:00Z"]);
  });

  it("may be a period with a length of its own", () => {
    const text = calendar(
      event(
        "DTSTART:20260601T100000Z",
        "DURATION:PT1H",
        "RDATE;VALUE=PERIOD:20260602T100000Z/PT3H,20260603T100000Z/20260603T120000Z",
      ),
    );
    expect(spans(text, in2026)).toEqual([
      "2026-06-01T10:00Z/2026-06-01T11:00Z",
      "2026-06-02T10:00Z/2026-06-02T13:00Z",
      "2026-06-03T10:00Z/2026-06-03T12:00Z",
    ]);
  });

  it("adds nothing the rule has already", () => {
    const text = calendar(
      event("DTSTART:20260601T100000Z", "RRULE:FREQ=DAILY;COUNT=2", "RDATE:20260602T100000Z"),
    );
    expect(starts(text, in2026)).toHaveLength(2);
  });
});

describe("rules", () => {
  it("counts what EXDATE takes out", () => {
    const text = calendar(
      event(
        "DTSTART:20260601T100000Z",
        "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE:20260601T100000Z,20260602T100000Z",
      ),
    );
    expect(starts(text, in2026)).toEqual(["2026-06-03T10:00Z"]);
  });

  it("unites several", () => {
    const text = calendar(
      event("DTSTART:20260601T100000Z", "RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY;COUNT=2"),
    );
    expect(starts(text, in2026)).toEqual(["2026-06-01T10:00Z", "2026-06-02T10:00Z", "2026-06-08T10:00Z"]);
  });

  it("takes out what an EXRULE says", () => {
    const text = calendar(
      event("DTSTART:20260601T100000Z", "RRULE:FREQ=DAILY;COUNT=7", "EXRULE:FREQ=WEEKLY;BYDAY=SA,SU"),
    );
    expect(starts(text, in2026)).toHaveLength(5);
  });

  it("shows and counts DTSTART even where it does not fit the rule", () => {
    const text = calendar(event("DTSTART:20260602T100000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2"));
    expect(starts(text, in2026)).toEqual(["2026-06-02T10:00Z", "2026-06-08T10:00Z"]);
  });

  it("enters a series without end at the window", () => {
    const text = calendar(event("DTSTART;TZID=Europe/Berlin:19900101T090000", "RRULE:FREQ=DAILY"));
    const before = performance.now();
    expect(starts(text, windowOf("2030-06-01", "2030-06-03"))).toEqual([
      "2030-06-01T07:00Z",
      "2030-06-02T07:00Z",
    ]);
    expect(performance.now() - before).toBeLessThan(200);
  });
});
