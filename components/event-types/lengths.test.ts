import { expect, test } from "vitest";
import { lengthText, unitOf } from "./lengths";

test.each([
  [0, "none", "hours"],
  [1, "1 minute", "minutes"],
  [90, "1 hour 30 minutes", "minutes"],
  [240, "4 hours", "hours"],
  [2880, "2 days", "days"],
])("%i minutes are %s, edited in %s", (minutes, text, unit) => {
  expect(lengthText(minutes)).toBe(text);
  expect(unitOf(minutes)).toBe(unit);
});
