import { expect, test } from "vitest";
import { blockedTimeForm } from "./schema";

const lunch = {
  title: " Lunch ",
  timeZone: "Europe/Brussels",
  startDay: "2027-03-01",
  startTime: "12:00",
  endDay: "2027-03-01",
  endTime: "13:00",
};
const issuesOf = (changes: object) =>
  blockedTimeForm
    .safeParse({ ...lunch, ...changes })
    .error?.issues.map(({ path, message }) => [path.join("."), message]);

test("a time once, whole days, and weeks on end become rows", () => {
  const row = { title: "Lunch", timeZone: "Europe/Brussels", weekdays: null, everyWeeks: 1, untilDay: null };
  expect(blockedTimeForm.parse({ ...lunch, weekdays: "", everyWeeks: "", untilDay: "" })).toEqual({
    ...row,
    startsAt: "2027-03-01 12:00:00",
    endsAt: "2027-03-01 13:00:00",
  });
  expect(blockedTimeForm.parse({ ...lunch, title: "", isAllDay: "on", endDay: "2027-03-02" })).toEqual({
    ...row,
    title: null,
    startsAt: "2027-03-01 00:00:00",
    endsAt: "2027-03-03 00:00:00",
  });
  const weekly = { repeats: "on", weekdays: "5,1,1", everyWeeks: "2", untilDay: "2027-06-30" };
  expect(blockedTimeForm.parse({ ...lunch, ...weekly })).toMatchObject({
    weekdays: [1, 5],
    everyWeeks: 2,
    untilDay: "2027-06-30",
  });
});

test("what is wrong is said of its field", () => {
  expect(issuesOf({ endTime: "12:00" })).toEqual([["endTime", "12:00 is not after 12:00 on the same date."]]);
  expect(issuesOf({ startTime: "" })).toEqual([["startTime", "Choose a time."]]);
  expect(issuesOf({ endDay: "2027-02-28" })).toEqual([["endDay", "The last date is before the first."]]);
  expect(issuesOf({ startDay: "2027-02-30" })).toEqual([["startDay", "Choose a date."]]);
  expect(issuesOf({ startDay: "2027-02-30", repeats: "on", weekdays: "1" })).toEqual([
    ["startDay", "Choose a date."],
  ]);
  expect(issuesOf({ repeats: "on", weekdays: "" })).toEqual([["weekdays", "Choose at least one weekday."]]);
  expect(issuesOf({ repeats: "on", weekdays: "1", everyWeeks: "60" })).toEqual([
    ["everyWeeks", "At most every 52 weeks."],
  ]);
  expect(issuesOf({ repeats: "on", weekdays: "1", untilDay: "2027-02-01" })).toEqual([
    ["untilDay", "It ends before it begins."],
  ]);
  expect(issuesOf({ repeats: "on", weekdays: "1", endDay: "2027-03-09" })).toEqual([
    ["endDay", "What repeats takes at most a week each time."],
  ]);
  expect(issuesOf({ timeZone: "+02:00" })?.[0]?.[0]).toBe("timeZone");
});

test("what repeats may take a whole week, and not a minute more", () => {
  const weekly = { repeats: "on", weekdays: "1" };
  expect(issuesOf({ ...weekly, endDay: "2027-03-08", endTime: "12:00" })).toBeUndefined();
  expect(issuesOf({ ...weekly, endDay: "2027-03-08", endTime: "12:01" })).toHaveLength(1);
  expect(issuesOf({ ...weekly, isAllDay: "on", endDay: "2027-03-07" })).toBeUndefined();
  expect(issuesOf({ ...weekly, isAllDay: "on", endDay: "2027-03-08" })).toHaveLength(1);
});
