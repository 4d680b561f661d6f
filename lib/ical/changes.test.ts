import { describe, expect, it } from "vitest";
import { readObject } from "./read-object";
import { calendar, event, spans, starts, windowOf } from "./test-text";

const june = windowOf("2026-06-01", "2026-07-01");
/** 10:00 in Berlin, 08:00 UTC, 1 to 5 June. */
const series = event(
  "SUMMARY:Stand-up",
  "DTSTART;TZID=Europe/Berlin:20260601T100000",
  "DTEND;TZID=Europe/Berlin:20260601T110000",
  "RRULE:FREQ=DAILY;COUNT=5",
);

describe("a changed instance", () => {
  it("replaces the one its RECURRENCE-ID names, in whatever zone it names it", () => {
    for (const id of [
      "RECURRENCE-ID;TZID=Europe/Berlin:20260602T100000",
      "RECURRENCE-ID:20260602T080000Z",
      "RECURRENCE-ID;TZID=America/New_York:20260602T040000",
      "RECURRENCE-ID:20260602T100000",
      "RECURRENCE-ID;VALUE=DATE:20260602",
    ]) {
      const text = calendar(series, event(id, "DTSTART:20260602T150000Z", "DURATION:PT2H"));
      expect(starts(text, june), id).toEqual([
        "2026-06-01T08:00Z",
        "2026-06-02T15:00Z",
        "2026-06-03T08:00Z",
        "2026-06-04T08:00Z",
        "2026-06-05T08:00Z",
      ]);
    }
  });

  it("may come before its master in the file", () => {
    const text = calendar(event("RECURRENCE-ID:20260602T080000Z", "DTSTART:20260602T150000Z"), series);
    expect(starts(text, june)).toHaveLength(5);
  });

  it("moves into the window and out of it", () => {
    const moved = (start: string) =>
      calendar(series, event("RECURRENCE-ID:20260605T080000Z", `DTSTART:${start}`, "DURATION:PT1H"));
    const day = windowOf("2026-06-20", "2026-06-21");
    expect(starts(moved("20260620T080000Z"), day)).toEqual(["2026-06-20T08:00Z"]);
    expect(starts(moved("20260720T080000Z"), june)).toHaveLength(4);
  });

  it("that is cancelled stays in the list as cancelled, under the key of its instance", () => {
    const text = calendar(
      series,
      event("RECURRENCE-ID:20260602T080000Z", "DTSTART:20260602T080000Z", "STATUS:CANCELLED", "SUMMARY:Off"),
    );
    const { occurrences } = readObject(text, june);
    expect(occurrences.map(({ key, status }) => `${key} ${status}`).slice(0, 3)).toEqual([
      "2026-06-01T08:00:00.000Z confirmed",
      "2026-06-02T08:00:00.000Z cancelled",
      "2026-06-03T08:00:00.000Z confirmed",
    ]);
  });

  it("counts once, in its latest version", () => {
    const version = (sequence: number, hour: number) =>
      event("RECURRENCE-ID:20260602T080000Z", `SEQUENCE:${sequence}`, `DTSTART:20260602T${hour}0000Z`);
    expect(starts(calendar(series, version(2, 15), version(1, 16)), june)).toContain("2026-06-02T15:00Z");
    expect(starts(calendar(series, version(2, 15), version(1, 16)), june)).toHaveLength(5);
  });

  it("of an all-day series may name its day as a time, as Exchange does", () => {
    const text = calendar(
      event("DTSTART;VALUE=DATE:20260602", "RRULE:FREQ=WEEKLY;COUNT=3"),
      event("RECURRENCE-ID;TZID=W. Europe Standard Time:20260609T000000", "DTSTART;VALUE=DATE:20260610"),
    );
    expect(starts(text, june)).toEqual(["2026-06-02", "2026-06-10", "2026-06-16"]);
  });

  it("without its master stands for itself", () => {
    const text = calendar(
      event("RECURRENCE-ID:20260602T080000Z", "DTSTART:20260602T150000Z"),
      event("RECURRENCE-ID:20260603T080000Z", "DTSTART:20260603T150000Z"),
    );
    expect(readObject(text, june).occurrences.map(({ key }) => key)).toEqual([
      "2026-06-02T08:00:00.000Z",
      "2026-06-03T08:00:00.000Z",
    ]);
  });
});

describe("RANGE=THISANDFUTURE", () => {
  const change = event(
    "SUMMARY:Moved",
    "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260603T100000",
    "DTSTART;TZID=Europe/Berlin:20260603T143000",
    "DURATION:PT2H",
  );

  it("moves the rest of the series and changes its length", () => {
    expect(spans(calendar(series, change), june)).toEqual([
      "2026-06-01T08:00Z/2026-06-01T09:00Z",
      "2026-06-02T08:00Z/2026-06-02T09:00Z",
      "2026-06-03T12:30Z/2026-06-03T14:30Z",
      "2026-06-04T12:30Z/2026-06-04T14:30Z",
      "2026-06-05T12:30Z/2026-06-05T14:30Z",
    ]);
  });

  it("keeps the keys of the instances and passes its title on", () => {
    const { occurrences } = readObject(calendar(series, change), june);
    expect(occurrences.at(-1)).toMatchObject({ key: "2026-06-05T08:00:00.000Z", title: "Moved" });
  });

  it("gives way to a single change and to the next one of its kind", () => {
    const single = event("RECURRENCE-ID:20260604T080000Z", "DTSTART:20260604T200000Z");
    const next = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260605T080000Z", "DTSTART:20260606T080000Z");
    expect(starts(calendar(series, change, single, next), june).slice(2)).toEqual([
      "2026-06-03T12:30Z",
      "2026-06-04T20:00Z",
      "2026-06-06T08:00Z",
    ]);
  });

  it("carries instances from outside into the window", () => {
    const text = calendar(
      event("DTSTART:20260101T080000Z", "RRULE:FREQ=MONTHLY"),
      event("RECURRENCE-ID;RANGE=THISANDFUTURE:20260201T080000Z", "DTSTART:20260220T080000Z"),
    );
    expect(starts(text, june)).toEqual(["2026-06-20T08:00Z"]);
  });

  it("keeps the new wall clock across daylight saving", () => {
    const text = calendar(
      event("DTSTART;TZID=Europe/Berlin:20260301T100000", "RRULE:FREQ=MONTHLY"),
      event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260301T100000",
        "DTSTART;TZID=Europe/Berlin:20260301T120000",
      ),
    );
    expect(starts(text, windowOf("2026-03-01", "2026-04-02"))).toEqual([
      "2026-03-01T11:00Z",
      "2026-04-01T10:00Z",
    ]);
  });
});
