import { expect, test } from "vitest";
import { unitOf } from "./lengths";

test.each([
  [0, "hours"],
  [1, "minutes"],
  [90, "minutes"],
  [240, "hours"],
  [2880, "days"],
])("%i minutes are edited in %s", (minutes, unit) => {
  expect(unitOf(minutes)).toBe(unit);
});
