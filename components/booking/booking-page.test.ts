import { describe, expect, it } from "vitest";
import { listZones, matchesZone, toZone } from "@/components/forms/zones";
import { calendarLinks } from "./calendar-links";
import { formatDuration, formatDurations } from "./duration";
import { durationFor, durationsOf } from "./durations";
import { clampDay, moveDay } from "./move-day";
import { nearestSlots } from "./taken-banner";
import { readPlace } from "./use-booking-url";
import { answersTo, checkDraft, type Draft, fieldsOf } from "./use-draft";

const now = new Date("2026-03-18T12:00:00Z");

describe("keys in the date grid", () => {
  const press = (key: string, shiftKey = false) => moveDay("2026-03-18", { key, shiftKey }, 1);

  it("go by day, week, month and year", () => {
    expect(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => press(key))).toEqual([
      "2026-03-17",
      "2026-03-19",
      "2026-03-11",
      "2026-03-25",
    ]);
    expect([press("PageUp"), press("PageDown"), press("PageUp", true), press("PageDown", true)]).toEqual([
      "2026-02-18",
      "2026-04-18",
      "2025-03-18",
      "2027-03-18",
    ]);
  });

  it("go to the ends of the reader's week", () => {
    expect([press("Home"), press("End")]).toEqual(["2026-03-16", "2026-03-22"]);
    expect(moveDay("2026-03-18", { key: "Home", shiftKey: false }, 0)).toBe("2026-03-15");
    expect(moveDay("2026-03-15", { key: "End", shiftKey: false }, 1)).toBe("2026-03-15");
  });

  it("leave the others alone and stop at the edge", () => {
    expect([press("Enter"), press("Tab"), press("a")]).toEqual([null, null, null]);
    expect(clampDay("2025-03-18", "2026-03-01", "2026-05-31")).toBe("2026-03-01");
    expect(clampDay("2027-03-18", "2026-03-01", "2026-05-31")).toBe("2026-05-31");
  });
});

describe("a slot that was taken", () => {
  const slot = (start: string) => ({ start, end: start });

  it("is replaced by the nearest ones, in the order of the clock", () => {
    const slots = ["08:00", "09:00", "11:00", "12:00", "15:00"].map((time) =>
      slot(`2026-03-18T${time}:00.000Z`),
    );
    const nearest = nearestSlots(slots, "2026-03-18T11:00:00.000Z", 3);
    expect(nearest.map(({ start }) => start.slice(11, 16))).toEqual(["08:00", "09:00", "12:00"]);
    expect(slots).toHaveLength(5);
  });
});

describe("the address", () => {
  const read = (query: string) => readPlace(new URLSearchParams(query));

  it("keeps the month, the length, the day and the slot", () => {
    expect(read("month=2026-03&duration=45&day=2026-03-18&slot=2026-03-18T09:00:00.000Z")).toEqual({
      duration: 45,
      month: "2026-03",
      day: "2026-03-18",
      slot: "2026-03-18T09:00:00.000Z",
    });
  });

  it("ignores what is no place", () => {
    const nowhere = { month: null, day: null, slot: null, duration: null };
    expect(read("month=2026-13&day=tomorrow&slot=2026-03-18&duration=1e3")).toEqual(nowhere);
    expect(read("month=<b>&day=1999-01-01&slot=2026-99-99T99:99:99.000Z&duration=-30")).toEqual(nowhere);
  });
});

describe("time zones", () => {
  const found = (typed: string) => listZones(now, "Europe/Berlin").filter((zone) => matchesZone(zone, typed));
  const cities = (typed: string) => found(typed).map(({ city }) => city);

  it("are found by city, by a large city nearby, by name and by offset", () => {
    expect(cities("berl")).toContain("Berlin");
    expect(cities("mumbai")).toEqual(["Kolkata"]);
    expect(cities("san fran")).toEqual(["Los Angeles"]);
    expect(cities("são")).toContain("Sao Paulo");
    expect(cities("dusseldorf")).toEqual(["Berlin"]);
    expect(cities("central european")).toContain("Paris");
    expect(cities("GMT-4")).toContain("New York");
    expect(cities("xyzzy")).toEqual([]);
  });

  it("begin with the current one and name it once", () => {
    const zones = listZones(now, "Europe/Berlin");
    expect(zones[0]?.id).toBe("Europe/Berlin");
    expect(new Set(zones.map(({ id }) => id)).size).toBe(zones.length);
    expect(listZones(now, "Etc/GMT-3")[0]?.id).toBe("Etc/GMT-3");
  });

  it("carry the offset of the time looked at", () => {
    expect(toZone("Europe/Berlin", new Date("2026-07-01T12:00:00Z")).offset).toBe("GMT+2");
    expect(toZone("Europe/Berlin", new Date("2026-12-01T12:00:00Z")).offset).toBe("GMT+1");
  });
});

describe("the form", () => {
  const plain = { locationKind: "other", questions: [] } as const;
  const draft = { name: "Ada", email: "ada@example.org", phone: "", note: "", answers: {} };
  const ask = (id: string, kind: "line" | "text" | "choice" | "checkbox", isRequired = true) => ({
    ...{ id, kind, isRequired, label: id, options: kind === "choice" ? ["Red", "Blue"] : [] },
  });
  const wrong = (
    change: Partial<Draft>,
    asked: Parameters<typeof checkDraft>[1] = { ...plain, questions: [] },
  ) => Object.keys(checkDraft({ ...draft, ...change }, asked));

  it("names what is missing or wrong", () => {
    expect(wrong({ name: " ", email: "" })).toEqual(["name", "email"]);
    expect(wrong({ email: "ada@", note: "x".repeat(2001) })).toEqual(["email", "note"]);
    expect(wrong({ email: " ada@example.org " })).toEqual([]);
  });

  it("asks for a number only where the host calls", () => {
    const called = { locationKind: "visitor_phone", questions: [] } as const;
    const asked = { ...called, questions: [] };
    expect(wrong({ phone: " " }, asked)).toEqual(["phone"]);
    expect(wrong({ phone: "call me" }, asked)).toEqual(["phone"]);
    expect(wrong({ phone: "+32 470 12 34 56" }, asked)).toEqual([]);
    expect(fieldsOf(asked)).toEqual(["name", "email", "phone", "note"]);
  });

  it("names a question that was left open, and only one that must be answered", () => {
    const questions = [ask("a", "line"), ask("b", "choice"), ask("c", "checkbox"), ask("d", "text", false)];
    const asked = { locationKind: "other" as const, questions };
    expect(wrong({}, asked)).toEqual(["answers.a", "answers.b", "answers.c"]);
    expect(wrong({ answers: { a: "x", b: "Red", c: true } }, asked)).toEqual([]);
    expect(wrong({ answers: { a: " ", b: "Red", c: false } }, asked)).toEqual(["answers.a", "answers.c"]);
    const answers = { a: " x ", b: "", c: false, elsewhere: "y" };
    expect(answersTo(asked, { ...draft, answers })).toEqual({ a: "x", c: false });
  });

  it("says how long it takes", () => {
    expect([30, 60, 90, 120].map(formatDuration)).toEqual(["30 minutes", "1 hour", "1 h 30 min", "2 hours"]);
    expect([[30], [60], [15, 30, 60], [30, 90]].map(formatDurations)).toEqual([
      "30 minutes",
      "1 hour",
      "15, 30 or 60 minutes",
      "30 minutes or 1 h 30 min",
    ]);
  });

  it("takes a length from the address only when it is offered", () => {
    const offered = { durationMinutes: 30, otherDurations: [60, 15] };
    expect(durationsOf(offered)).toEqual([15, 30, 60]);
    expect([60, 45, null].map((asked) => durationFor(offered, asked))).toEqual([60, 30, 30]);
  });
});

describe("links to calendars on the web", () => {
  const booking = {
    starts_at: "2026-03-18T09:00:00.000Z",
    ends_at: "2026-03-18T09:30:00.000Z",
    visitor: { note: "Bring & discuss: A/B?" },
    host: { name: "Ada" },
    event_type: { title: "Intro", location: null },
  };

  it("carry instants in UTC and escape what people wrote", () => {
    const [google, outlook] = calendarLinks(booking).map(({ href }) => new URL(href));
    expect(google?.searchParams.get("dates")).toBe("20260318T090000Z/20260318T093000Z");
    expect(google?.searchParams.get("details")).toBe("Bring & discuss: A/B?");
    expect(outlook?.searchParams.get("startdt")).toBe("2026-03-18T09:00:00.000Z");
  });

  it("do not hand the visitor's address to anyone", () => {
    for (const { href } of calendarLinks(booking)) expect(decodeURIComponent(href)).not.toContain("grace@");
  });
});
