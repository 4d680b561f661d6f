import { expect, test } from "vitest";
import { nextPath } from "./next-path";

test("keeps a path of this site with its query", () => {
  expect(nextPath("/bookings?period=past")).toBe("/bookings?period=past");
});

test.each([
  undefined,
  "",
  "bookings",
  "https://evil.test/",
  "//evil.test",
  "/\\evil.test",
  "/\t/evil.test",
  "/.//evil.test",
  "/..//evil.test",
  "javascript:alert(1)",
  ["/bookings"],
])("goes to the dashboard instead of %j", (asked) => {
  expect(nextPath(asked)).toBe("/dashboard");
});
