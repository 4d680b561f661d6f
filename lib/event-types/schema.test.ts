import { expect, test } from "vitest";
import { eventTypeForm, slugOf } from "./schema";

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
  ["durationMinutes", ""],
  ["durationMinutes", "4"],
  ["durationMinutes", "30.5"],
  ["durationMinutes", "half an hour"],
  ["slotIntervalMinutes", "1441"],
  ["bufferBeforeMinutes", "-1"],
  ["bookingWindowDays", "0"],
])("%s cannot be %j", (field, value) => {
  expect(issuesOf({ [field]: value })?.[0]).toBe(field);
});

test("a notice as long as the window is a contradiction", () => {
  expect(issuesOf({ minimumNoticeMinutes: "2880", bookingWindowDays: "2" })).toEqual([
    "minimumNoticeMinutes",
  ]);
  expect(issuesOf({ minimumNoticeMinutes: "2879", bookingWindowDays: "2" })).toBeUndefined();
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
