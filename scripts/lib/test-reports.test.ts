import { expect, test } from "vitest";
import { readPlaywright, readVitest, summarize } from "./test-reports.mjs";

test("each failed unit test is named by file and title, and a file that does not load is one", () => {
  const bad = { status: "failed", fullName: "adds", failureMessages: ["expected 1 to be 2"] };
  const testResults = [
    { name: "/calends/lib/a.test.ts", status: "passed", assertionResults: [{ status: "passed" }] },
    { name: "/calends/lib/b.test.ts", status: "failed", assertionResults: [{ status: "passed" }, bad] },
    { name: "/calends/lib/c.test.ts", status: "failed", assertionResults: [], message: "no such module" },
  ];
  const report = { numPassedTests: 2, numFailedTests: 1, numPendingTests: 0, testResults };
  expect(readVitest(report, "/calends")).toEqual({
    passed: 2,
    failed: [
      { name: "lib/b.test.ts › adds", message: "expected 1 to be 2" },
      { name: "lib/c.test.ts", message: "no such module" },
    ],
    notRun: 0,
  });
});

test("each failed journey is named with its place and its browser, as is what stumbled, and what goes wrong outside of them", () => {
  const spec = (title: string, status: string, message?: string) => ({
    ...{ title, file: "start.spec.ts", line: 26 },
    tests: [
      {
        projectName: "phone",
        status,
        results: [
          {
            status: message === undefined ? status : "failed",
            errors: message === undefined ? [] : [{ message }],
          },
          ...(status === "flaky" ? [{ status: "passed", errors: [] }] : []),
        ],
      },
    ],
  });
  const suites = [
    { specs: [spec("starts", "expected")], suites: [{ specs: [spec("stops", "unexpected", "it ran on")] }] },
    { specs: [spec("hangs", "unexpected"), spec("stumbles", "flaky", "it fell")] },
  ];
  const stats = { expected: 3, flaky: 1, unexpected: 2, skipped: 4 };
  expect(readPlaywright({ stats, suites, errors: [{ message: "global setup" }] })).toEqual({
    passed: 4,
    failed: [
      { name: "start.spec.ts:26 › stops [phone]", message: "it ran on" },
      { name: "start.spec.ts:26 › hangs [phone]", message: "unexpected" },
      { name: "outside the journeys", message: "global setup" },
    ],
    notRun: 4,
    again: [{ name: "start.spec.ts:26 › stumbles [phone]", message: "it fell" }],
  });
});

test("the summary of failures fits the end of a log, however many there are", () => {
  const failure = (n: number) => ({
    name: `test ${n}`,
    message: "\u001b[31mone\u001b[39m\n\ntwo\nthree\nfour\nfive",
  });
  const many = (count: number) => Array.from({ length: count }, (_, n) => failure(n));
  expect(summarize(many(1))).toEqual(["✗ test 0", "    one", "    two", "    three", "    four"]);
  expect(summarize(many(12)).slice(0, 2)).toEqual(["✗ test 0", "    one"]);
  expect(summarize(many(12))).toHaveLength(24);
  expect(summarize(many(99))).toHaveLength(31);
  expect(summarize(many(99)).at(-1)).toBe("… and 69 more");
  expect(summarize([{ name: "x".repeat(999), message: "" }]).map(({ length }) => length)).toEqual([160]);
  expect(summarize([])).toEqual([]);
});
