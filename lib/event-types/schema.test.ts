import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { checkEventType, eventTypeForm, palette, type Surroundings, slugOf } from "./schema";

const form = {
  title: "Intro",
  slug: "intro",
  description: " ",
  durationMinutes: "30",
  slotIntervalMinutes: "15",
  bufferBeforeMinutes: "0",
  bufferAfterMinutes: "10",
  minimumNoticeMinutes: "240",
  bookingWindowDays: "60",
  isHidden: false,
};
const topic = { id: "topic", label: "Topic", kind: "choice", isRequired: true, options: ["Tax", "Law"] };
const business = (bookingWindowDays: string) => ({ bookingWindowKind: "business_days", bookingWindowDays });
const issuesOf = (changes: object) =>
  eventTypeForm.safeParse({ ...form, ...changes }).error?.issues.map(({ path }) => path.join("."));

test("reads what a form sends", () => {
  expect(eventTypeForm.parse(form)).toMatchObject({
    description: null,
    location: null,
    durationMinutes: 30,
    bufferAfterMinutes: 10,
  });
});

test.each([
  ["title", ""],
  ["slug", "Not a slug"],
  ["slug", "two--hyphens"],
  ["slug", ""],
  ["color", "#123456"],
  ["scheduleId", "default"],
  ["locationKind", "moon"],
  ["durationMinutes", ""],
  ["durationMinutes", "4"],
  ["durationMinutes", "30.5"],
  ["durationMinutes", "half an hour"],
  ["otherDurations", Array(10).fill("30")],
  ["otherDurations.1", ["30", ""]],
  ["slotIntervalMinutes", "1441"],
  ["bufferBeforeMinutes", "-1"],
  ["bookingWindowDays", "0"],
  ["windowFirstDay", "2026-02-30"],
  ["dailyLimit", "0"],
  ["weeklyLimit", "1.5"],
  ["dailyMinutesLimit", "1441"],
  ["reminderMinutes.0", ["0"]],
  ["reminderMinutes", Array(6).fill("60")],
  ["questions.0.label", [{ ...topic, label: " " }]],
  ["questions.0.kind", [{ ...topic, kind: "colour" }]],
  ["questions.0.options", [{ ...topic, options: ["Only one"] }]],
  ["questions.0.options", [{ ...topic, options: ["Tax", "Tax"] }]],
  ["questions", [topic, topic]],
])("%s cannot be %j", (field, value) => {
  expect(issuesOf({ [field.split(".")[0] ?? ""]: value })?.[0]).toBe(field);
});

test("limits and dates left empty are none", () => {
  const empty = { dailyLimit: "", weeklyLimit: "", dailyMinutesLimit: null, windowFirstDay: "" };
  expect(eventTypeForm.parse({ ...form, ...empty })).toMatchObject({
    dailyLimit: null,
    weeklyLimit: null,
    dailyMinutesLimit: null,
    windowFirstDay: null,
    windowLastDay: null,
  });
});

const schedules = [
  {
    id: randomUUID(),
    name: "Working hours",
    isDefault: true,
    today: "2026-11-21",
    longestWindowMinutes: 480,
  },
  { id: randomUUID(), name: "Evenings", isDefault: false, today: "2026-11-22", longestWindowMinutes: 90 },
  { id: randomUUID(), name: "Later", isDefault: false, today: "2026-11-21", longestWindowMinutes: 0 },
];
const surroundings: Surroundings = { schedules, takenSlugs: ["taken"] };

/** What is said about the form with these changes, as `tone field`. */
const said = (changes: object) =>
  checkEventType({ ...form, ...changes }, surroundings).map(({ tone, field }) => `${tone} ${field}`);

const range = (windowFirstDay: string, windowLastDay: string) => ({
  bookingWindowKind: "date_range",
  windowFirstDay,
  windowLastDay,
});

test.each<[string, object, string[]]>([
  ["nothing odd", {}, []],
  ["an address of another one", { slug: "taken" }, ["impossible slug"]],

  [
    "notice as long as the window",
    { minimumNoticeMinutes: "2880", bookingWindowDays: "2" },
    ["impossible minimumNoticeMinutes"],
  ],
  ["notice a minute shorter", { minimumNoticeMinutes: "2879", bookingWindowDays: "2" }, []],
  [
    "notice of a business day",
    { ...business("1"), minimumNoticeMinutes: "1440" },
    ["hint minimumNoticeMinutes"],
  ],
  [
    "notice beyond a business day and its weekend",
    { ...business("1"), minimumNoticeMinutes: "4320" },
    ["impossible minimumNoticeMinutes"],
  ],
  ["notice of two weeks, ten business days", { ...business("10"), minimumNoticeMinutes: "14399" }, []],

  ["a meeting as long as the longest window", { durationMinutes: "480" }, []],
  ["a longer one", { durationMinutes: "481" }, ["impossible durationMinutes"]],
  ["only one of several is too long", { otherDurations: ["60", "500"] }, ["impossible otherDurations.1"]],
  [
    "too long for the schedule chosen",
    { scheduleId: schedules[1]?.id, durationMinutes: "91" },
    ["impossible durationMinutes"],
  ],
  ["a schedule without hours", { scheduleId: schedules[2]?.id }, ["hint scheduleId"]],
  ["a duration twice", { otherDurations: ["30"] }, ["impossible otherDurations.0"]],

  ["fewer minutes a day than a meeting", { dailyMinutesLimit: "29" }, ["impossible dailyMinutesLimit"]],
  [
    "fewer than the longest of two",
    { dailyMinutesLimit: "30", otherDurations: ["60"] },
    ["hint dailyMinutesLimit"],
  ],
  ["fewer a week than a day", { dailyLimit: "3", weeklyLimit: "2" }, ["hint weeklyLimit"]],
  ["as many a week as a day", { dailyLimit: "3", weeklyLimit: "3" }, []],

  ["dates ahead", range("2026-11-21", "2026-11-21"), []],
  ["dates begun", range("2026-01-01", "2026-11-21"), []],
  ["dates over", range("2026-11-01", "2026-11-20"), ["impossible windowLastDay"]],
  [
    "dates over in the schedule's zone",
    { scheduleId: schedules[1]?.id, ...range("2026-11-01", "2026-11-21") },
    ["impossible windowLastDay"],
  ],
  ["dates the wrong way round", range("2026-12-02", "2026-12-01"), ["impossible windowLastDay"]],
  ["dates missing", range("", ""), ["incomplete windowFirstDay", "incomplete windowLastDay"]],
  [
    "notice beyond the dates",
    { ...range("2026-11-21", "2026-11-22"), minimumNoticeMinutes: "2880" },
    ["impossible minimumNoticeMinutes"],
  ],

  ["a reminder twice", { reminderMinutes: ["60", "60"] }, ["impossible reminderMinutes.1"]],
  [
    "a reminder before anybody can book",
    { bookingWindowDays: "5", reminderMinutes: ["8640"] },
    ["hint reminderMinutes.0"],
  ],

  ["a link that is none", { locationKind: "video", location: "meet.example.test" }, ["incomplete location"]],
  [
    "a link that runs something",
    { locationKind: "video", location: "javascript:alert(1)" },
    ["incomplete location"],
  ],
  [
    "a link of two lines",
    { locationKind: "video", location: "https://meet.example.test/\r\na" },
    ["incomplete location"],
  ],
  ["a link", { locationKind: "video", location: "https://meet.example.test/a" }, []],
  ["no number to call", { locationKind: "host_phone", location: "" }, ["incomplete location"]],
  ["a number to call", { locationKind: "host_phone", location: "+32 (0)2 555 12-12" }, []],
  ["words instead of a number", { locationKind: "host_phone", location: "ask me" }, ["incomplete location"]],
  ["no address", { locationKind: "address", location: " " }, ["incomplete location"]],
  ["the visitor's phone", { locationKind: "visitor_phone", location: "" }, []],

  [
    "a contradiction while another field is missing",
    { title: "", dailyMinutesLimit: "5" },
    ["incomplete title", "impossible dailyMinutesLimit"],
  ],
])("%s", (_, changes, expected) => {
  expect(said(changes)).toEqual(expected);
});

test.each(palette.map(({ color }) => color))("%s keeps 3:1 against light and dark pages", (color) => {
  for (const page of ["#ffffff", "#f3f8f8", "#0b1416", "#1d2729"])
    expect(contrast(color, page)).toBeGreaterThanOrEqual(3);
});

test.each([
  ["Intro call", "intro-call"],
  ["  Größe & Ablauf!", "grosse-ablauf"],
  ["Café à Paris", "cafe-a-paris"],
  ["会议", ""],
  [`${"a".repeat(59)} b`, "a".repeat(59)],
])("%s is proposed as %s", (title, slug) => {
  expect(slugOf(title)).toBe(slug);
});

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
