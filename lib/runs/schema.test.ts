import { expect, test } from "vitest";
import { runsQuery } from "./schema";

test("the list's query string is taken as far as it is understood", () => {
  const before = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  expect(runsQuery.parse({ status: "failed", function: ["calends-pull-calendar", "x"], before })).toEqual({
    status: "failed",
    function: "calends-pull-calendar",
    before,
  });
  expect(runsQuery.parse({ status: "odd", function: "\0", before: "'" })).toEqual({});
});
