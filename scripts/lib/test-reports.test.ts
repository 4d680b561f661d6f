import { expect, test } from "vitest";
import { countPlaywright, countVitest } from "./test-reports.mjs";

test("a test file that does not load counts as one failed test", () => {
  const testResults = [
    { status: "passed", assertionResults: [{}, {}] },
    { status: "failed", assertionResults: [{}] },
    { status: "failed", assertionResults: [] },
  ];
  const report = { numPassedTests: 2, numFailedTests: 1, testResults };
  expect(countVitest(report)).toEqual({ passed: 2, failed: 2 });
});

test("what goes wrong outside the journeys counts as failed", () => {
  const stats = { expected: 3, flaky: 0, unexpected: 1, skipped: 0 };
  expect(countPlaywright({ stats, errors: [{ message: "global setup" }] })).toEqual({ passed: 3, failed: 2 });
});
