import { stripVTControlCharacters } from "node:util";

/**
 * What a test runner reported.
 * @typedef {{ name: string, message: string }} FailedTest
 * @typedef {{ passed: number, failed: FailedTest[], notRun: number, again?: FailedTest[] }} Report `again`: passed,
 *   but only at the second try
 */

/** The lines that all failures share, so that the end of a log has room for them. */
const mostLines = 30;
const widest = 160;

/**
 * @param {any} report of Vitest's JSON reporter
 * @param {string} [root] what file names are told from
 * @returns {Report}
 */
export function readVitest({ numPassedTests, numPendingTests = 0, testResults }, root = "") {
  const failed = testResults.flatMap((file) => {
    const path = file.name.replace(`${root}/`, "");
    const tests = file.assertionResults.filter(({ status }) => status === "failed");
    // A file that could not be loaded has no tests to count.
    if (file.status === "failed" && tests.length === 0) return [{ name: path, message: file.message }];
    return tests.map((test) => ({
      name: `${path} › ${test.fullName}`,
      message: test.failureMessages.join("\n"),
    }));
  });
  return { passed: numPassedTests, failed, notRun: numPendingTests };
}

/**
 * @param {any} report of Playwright's JSON reporter
 * @returns {Report}
 */
export function readPlaywright({ stats, errors, suites }) {
  const told = (wanted) =>
    suites.flatMap(specsOf).flatMap((spec) =>
      spec.tests
        .filter(({ status }) => status === wanted)
        .map(({ projectName, results }) => {
          const failure = results.findLast(({ status }) => status !== "passed");
          return {
            name: `${spec.file}:${spec.line} › ${spec.title} [${projectName}]`,
            message: failure?.errors?.[0]?.message ?? failure?.status ?? "",
          };
        }),
    );
  const outside = errors.map(({ message }) => ({ name: "outside the journeys", message }));
  return {
    passed: stats.expected + stats.flaky,
    failed: [...told("unexpected"), ...outside],
    notRun: stats.skipped,
    again: told("flaky"),
  };
}

/**
 * Each failure by name with the beginning of its message; the more there are, the less of each.
 * @param {FailedTest[]} failures
 * @param {string} [mark] what each begins with
 */
export function summarize(failures, mark = "✗") {
  const shown = failures.slice(0, mostLines);
  const linesEach = Math.min(5, Math.floor(mostLines / Math.max(1, shown.length)));
  const rows = shown.flatMap(({ name, message }) => [
    `${mark} ${name}`,
    ...firstLines(message, linesEach - 1).map((line) => `    ${line}`),
  ]);
  const left = failures.length - shown.length;
  return [...rows.map((row) => row.slice(0, widest)), ...(left > 0 ? [`… and ${left} more`] : [])];
}

function firstLines(message, count) {
  const lines = stripVTControlCharacters(message).split("\n");
  return lines.filter((line) => line.trim() !== "").slice(0, count);
}

function specsOf({ suites = [], specs = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}
