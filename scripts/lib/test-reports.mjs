/** @typedef {{ passed: number, failed: number }} Count */

/**
 * @param {any} report of Vitest's JSON reporter
 * @returns {Count}
 */
export function countVitest({ numPassedTests, numFailedTests, testResults }) {
  // A file that could not be loaded has no tests to count.
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/**
 * @param {any} report of Playwright's JSON reporter
 * @returns {Count}
 */
export function countPlaywright({ stats, errors }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length };
}
