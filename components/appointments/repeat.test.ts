import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "@/lib/time";
import { noRepeat, type Repeat, repeatKinds, repeatOf, ruleOf } from "./repeat";
import { ruleWords } from "./repeat-words";

const start = { day: "2026-11-18", isAllDay: false, timeZone: "Europe/Berlin" };

const repeats = fc.record({
  day: fc.integer({ min: 0, max: 3000 }).map((days) => addDays("2026-01-01", days)),
  isAllDay: fc.boolean(),
  timeZone: fc.constantFrom("Europe/Berlin", "America/New_York", "Pacific/Apia", "UTC"),
  kind: fc.constantFrom(...repeatKinds.filter((kind) => kind !== "other" && kind !== "never")),
  interval: fc.integer({ min: 1, max: 60 }).map(String),
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }).map((days) => days.sort()),
  ends: fc.constantFrom("never", "until", "count" as const),
  untilIn: fc.integer({ min: 0, max: 900 }),
  count: fc.integer({ min: 1, max: 500 }).map(String),
});

test("a choice becomes a rule, and the rule the same choice again", () => {
  fc.assert(
    fc.property(repeats, ({ day, isAllDay, timeZone, untilIn, ...chosen }) => {
      const at = { day, isAllDay, timeZone };
      const ends = chosen.ends as Repeat["ends"];
      const repeat: Repeat = { ...noRepeat(day), ...chosen, ends, untilDay: addDays(day, untilIn) };
      const rule = ruleOf(repeat, at);
      const back = repeatOf(rule, at);
      expect(back.kind).toBe(repeat.kind);
      expect(ruleOf(back, at)).toBe(rule);
      expect(back.ends === "until" ? back.untilDay : repeat.untilDay).toBe(repeat.untilDay);
      expect(ruleWords(rule ?? "", at, "en-GB")).not.toMatch(/undefined|NaN|rule of its own/);
    }),
  );
});

test.each([
  ["FREQ=WEEKLY", "weekly", "Every week on Wednesday"],
  ["FREQ=WEEKLY;WKST=SU;BYDAY=FR,MO;INTERVAL=2", "weekly", "Every 2 weeks on Friday and Monday"],
  ["FREQ=MONTHLY", "monthlyDay", "Every month on day 18"],
  ["FREQ=MONTHLY;BYDAY=3WE;COUNT=5", "monthlyNth", "Every month on the third Wednesday, 5 times"],
  ["FREQ=YEARLY;UNTIL=20301231T225959Z", "yearly", "Every year on 18 November, until 31 December 2030"],
  ["FREQ=MONTHLY;BYDAY=-1FR", "other", "Every month on the last Friday"],
  [
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
    "other",
    "By a rule of its own: FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
  ],
])("%s is shown as %s", (rule, kind, words) => {
  const repeat = repeatOf(rule, start);
  expect(repeat.kind).toBe(kind);
  expect(ruleWords(rule, start, "en-GB")).toBe(words);
  if (kind === "other") expect(ruleOf(repeat, start)).toBe(rule);
});

test("the last day counts whole, on the wall of the appointment", () => {
  const until: Repeat = { ...noRepeat(start.day), kind: "daily", ends: "until", untilDay: "2026-12-24" };
  expect(ruleOf(until, start)).toBe("FREQ=DAILY;UNTIL=20261224T225959Z");
  expect(ruleOf(until, { ...start, isAllDay: true })).toBe("FREQ=DAILY;UNTIL=20261224");
});
