import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Counts} */
const NONE = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {Counts[]} parts
 * @returns {Counts}
 */
export function add(parts) {
  return parts.reduce(
    (sum, part) => ({ passed: sum.passed + part.passed, failed: sum.failed + part.failed, skipped: sum.skipped + part.skipped }),
    NONE,
  );
}

/** @param {Counts} counts */
export const summaryLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * A step that has no tests of its own counts as one.
 * @param {number} exitCode
 * @returns {Counts}
 */
export const countStep = (exitCode) => (exitCode === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 });

/**
 * What Vitest's JSON report says. A file that could not be loaded has no tests and counts as one failure.
 * @param {any} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const unloaded = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * What Playwright's JSON report says. A test that passed on a second attempt passed; an error outside of tests is a failure.
 * @param {any} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
}

/**
 * The counts of a runner: its report, and one failure more when it ended badly without any failure in its report, or left no report, or
 * ran nothing at all.
 * @param {{ exitCode: number, reportFile: string, count: (report: any) => Counts }} runner
 * @returns {Counts}
 */
export function countRunner({ exitCode, reportFile, count }) {
  const counts = existsSync(reportFile) ? readCounts(reportFile, count) : null;
  if (counts === null) return { ...NONE, failed: 1 };
  const ranNothing = counts.passed + counts.failed + counts.skipped === 0;
  return counts.failed === 0 && (exitCode !== 0 || ranNothing) ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {string} reportFile
 * @param {(report: any) => Counts} count
 */
function readCounts(reportFile, count) {
  try {
    return count(JSON.parse(readFileSync(reportFile, "utf8")));
  } catch {
    return null;
  }
}
