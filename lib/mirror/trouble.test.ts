import { describe, expect, test } from "vitest";
import { AppError, type ErrorCode } from "@/lib/errors";
import { watchForTrouble } from "./trouble";

const failure = (code: ErrorCode, retryAfterSeconds?: number) =>
  new AppError(code, "No.", retryAfterSeconds === undefined ? {} : { retryAfterSeconds });

/** How many copies are tried before it is given up; null: all of them. */
function triesOf(outcomes: unknown[]): number | null {
  const judge = watchForTrouble();
  const at = outcomes.findIndex((outcome) => judge(outcome) !== null);
  return at < 0 ? null : at + 1;
}

describe("watchForTrouble", () => {
  test.each<[string, unknown[], number | null]>([
    ["refused credentials concern all", [failure("reconnect")], 1],
    ["so does a limit", [null, failure("rate_limited")], 2],
    ["and a calendar that is gone", [failure("not_found")], 1],
    ["and whoever says when to come back", [failure("unavailable", 60)], 1],
    ["one that cannot be written may be alone", [failure("unavailable"), null, failure("unavailable")], null],
    ["two in a row are not", [null, failure("unavailable"), failure("forbidden"), null], 3],
    ["too large is about one", [failure("invalid"), failure("invalid"), failure("invalid")], null],
    [
      "what nobody expected is, too",
      [failure("unavailable"), new Error("Oops."), failure("unavailable")],
      null,
    ],
    ["nothing wrong", [null, null, null], null],
  ])("%s", (_, outcomes, tries) => {
    expect(triesOf(outcomes)).toBe(tries);
  });
});
