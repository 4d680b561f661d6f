import { expect, test } from "vitest";
import { sizeText, tookText } from "./took";

test.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1_000, "1.0 s"],
  [59_949, "59.9 s"],
  [59_990, "1 min"],
  [302_000, "5 min 2 s"],
  [7_500_000, "2 h 5 min"],
  [273_600_000, "3 d 4 h"],
])("%i milliseconds are %s", (ms, text) => expect(tookText(ms)).toBe(text));

test("sizes are told in the unit that fits", () => {
  expect([1, 999, 1_500, 4_200_000].map(sizeText)).toEqual(["1 byte", "999 bytes", "1.5 kB", "4.2 MB"]);
});
