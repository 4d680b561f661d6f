import { expect, test } from "vitest";
import { changesOf, draftOf, newDraft, sayingOf, startedAt } from "./draft";
import { errorsLeft, errorsOf } from "./draft-errors";

const timed = {
  kind: "timed",
  startsAt: "2026-11-18T08:00:00.000Z",
  endsAt: "2026-11-18T09:30:00.000Z",
} as const;
const draft = { ...newDraft(timed, "Europe/Berlin"), title: "Hearing" };

test("a time is typed on the wall of its zone and sent as instants", () => {
  expect(draft).toMatchObject({
    startDay: "2026-11-18",
    startTime: "09:00",
    endTime: "10:30",
    isAllDay: false,
  });
  expect(sayingOf(draft).time).toEqual(timed);
  const elsewhere = { ...draft, timeZone: "America/New_York" };
  expect(sayingOf(elsewhere).time).toMatchObject({ startsAt: "2026-11-18T14:00:00.000Z" });
});

test("days are shown with their last one, and sent with the one after it", () => {
  const time = { kind: "allDay", startDay: "2026-11-18", endDay: "2026-11-20" } as const;
  const days = { ...newDraft(time, "Europe/Berlin"), title: "Fair" };
  expect(days).toMatchObject({ isAllDay: true, startDay: "2026-11-18", endDay: "2026-11-19" });
  expect(sayingOf(days).time).toEqual(time);
});

test("the end goes along with the start, also over midnight", () => {
  expect(startedAt(draft, { startTime: "23:00" })).toMatchObject({ endDay: "2026-11-19", endTime: "00:30" });
  expect(startedAt(draft, { startDay: "2027-03-28" })).toMatchObject({
    endDay: "2027-03-28",
    endTime: "10:30",
  });
  expect(startedAt(draft, { startDay: "" })).toMatchObject({ startDay: "", endDay: "2026-11-18" });
});

test("what repeats on the weekday it starts on goes on doing so, and a choice of weekdays stays", () => {
  const weekly = (weekdays: number[]) => ({
    ...draft,
    repeat: { ...draft.repeat, kind: "weekly" as const, weekdays },
  });
  expect(startedAt(weekly([3]), { startDay: "2026-11-19" }).repeat.weekdays).toEqual([4]);
  expect(startedAt(weekly([1, 3]), { startDay: "2026-11-19" }).repeat.weekdays).toEqual([1, 3]);
});

test("a change says what is different, and the time with its zone", () => {
  expect(changesOf(draft, draft)).toEqual({});
  expect(changesOf(draft, { ...draft, location: "Room 4" })).toEqual({ location: "Room 4" });
  expect(Object.keys(changesOf(draft, { ...draft, timeZone: "Europe/London" })).sort()).toEqual([
    "time",
    "timeZone",
  ]);
});

test.each([
  [{ title: " " }, { title: "Give it a title." }],
  [{ endTime: "08:00" }, { endTime: "The end must come after the start." }],
  [{ endDay: "2026-11-17" }, { endDay: "The end must come after the start." }],
  [{ isAllDay: true, endDay: "2026-11-17" }, { endDay: "The last day is before the first." }],
  [
    { startDay: "", title: "" },
    { startDay: "Choose a date.", title: "Give it a title." },
  ],
  [{ startTime: "" }, { startTime: "Choose a time." }],
])("%j is refused at its field", (change, errors) => {
  expect(errorsOf(draft)).toEqual({});
  expect(errorsOf({ ...draft, ...change })).toEqual(errors);
});

test("a repetition is refused at its fields", () => {
  const wrong = (change: Partial<typeof draft.repeat>) =>
    errorsOf({ ...draft, repeat: { ...draft.repeat, kind: "weekly", ...change } });
  expect(wrong({ interval: "0" })).toEqual({ interval: "Enter a whole number from 1." });
  expect(wrong({ weekdays: [] })).toEqual({ weekdays: "Choose at least one weekday." });
  expect(wrong({ ends: "until", untilDay: "2026-11-01" })).toEqual({ untilDay: "It ends before it begins." });
  expect(wrong({ ends: "count", count: "x" })).toEqual({ count: "Enter a whole number from 1." });
  expect(wrong({})).toEqual({});
});

test("what the server says comes back as it is typed", () => {
  const said = {
    ...sayingOf(draft),
    description: null,
    location: null,
    projectId: null,
    rule: "FREQ=WEEKLY;BYDAY=WE",
  };
  expect(draftOf({ ...said, time: timed }).repeat).toMatchObject({ kind: "weekly", weekdays: [3] });
});

test("a refusal stays where nothing was changed since", () => {
  const errors = {
    title: "Give it a title.",
    count: "Enter a whole number from 1.",
    form: "It was not saved.",
  };
  const after = { ...draft, repeat: { ...draft.repeat, count: "3" } };
  expect(errorsLeft(errors, draft, after)).toEqual({ title: "Give it a title." });
});
