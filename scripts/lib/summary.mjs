import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { REPOSITORY } from "./layout.mjs";

/**
 * How many tests did what, and a line for each of those that failed or were skipped.
 * @typedef {{ passed: number, failed: number, skipped: number, names: string[] }} Counts
 */

/** @type {Counts} */
const NONE = { passed: 0, failed: 0, skipped: 0, names: [] };
/** Of many lines the first tell most: what comes later mostly follows from them. */
const NAMES_MAX = 40;
const WORDS_MAX = 200;

/**
 * @param {Counts[]} parts
 * @returns {Counts}
 */
export function add(parts) {
  return parts.reduce(
    (sum, part) => ({
      passed: sum.passed + part.passed,
      failed: sum.failed + part.failed,
      skipped: sum.skipped + part.skipped,
      names: [...sum.names, ...part.names],
    }),
    NONE,
  );
}

/**
 * What failed or was skipped, by name, and below it the sum as one line: the end of a long output is what is read first.
 * @param {Counts} counts
 */
export function summary({ passed, failed, skipped, names }) {
  const more = names.length > NAMES_MAX ? [`… and ${names.length - NAMES_MAX} more`] : [];
  return [...names.slice(0, NAMES_MAX), ...more, `${passed} passed, ${failed} failed, ${skipped} skipped`].join("\n");
}

/**
 * A step that has no tests of its own counts as one.
 * @param {string} name
 * @param {number} exitCode
 * @returns {Counts}
 */
export const countStep = (name, exitCode) =>
  exitCode === 0 ? { ...NONE, passed: 1 } : { ...NONE, failed: 1, names: [nameLine("failed", name)] };

/**
 * @param {"failed" | "skipped"} how
 * @param {string} name
 * @param {string} [message]
 */
function nameLine(how, name, message = "") {
  const [first = ""] = message.split("\n");
  return `${how}: ${name}${first === "" ? "" : `: ${first.slice(0, WORDS_MAX)}`}`;
}

/**
 * What Vitest's JSON report says. A file that could not be loaded has no tests and counts as one failure, and so does one whose
 * preparation failed, which leaves its tests skipped.
 * @param {any} report
 * @returns {Counts}
 */
export function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const names = [];
  let unprepared = 0;
  for (const file of testResults) {
    const failed = file.assertionResults.filter((test) => test.status === "failed");
    if (file.status === "failed" && failed.length === 0) {
      unprepared += 1;
      names.push(nameLine("failed", fileName(file.name), file.message));
    }
    for (const { fullName, failureMessages } of failed) {
      names.push(nameLine("failed", `${fileName(file.name)} ${fullName}`, failureMessages?.[0]));
    }
    for (const { fullName, status } of file.assertionResults) {
      if (SKIPPED.includes(status)) names.push(nameLine("skipped", `${fileName(file.name)} ${fullName}`));
    }
  }
  return { passed: numPassedTests, failed: numFailedTests + unprepared, skipped: numPendingTests + numTodoTests, names };
}

const SKIPPED = ["pending", "skipped", "todo"];

/** @param {string | undefined} path */
const fileName = (path = "") => relative(REPOSITORY, path);

/**
 * What Playwright's JSON report says. A test that passed on a second attempt passed; an error outside of tests is a failure.
 * @param {any} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors, suites = [] }) {
  const names = errors.map(({ message }) => nameLine("failed", "the journeys", plain(message)));
  for (const { file, title, tests } of suites.flatMap(specsOf)) {
    for (const { status, results } of tests) {
      const message = results.find(({ error }) => error !== undefined)?.error.message;
      if (status === "unexpected") names.push(nameLine("failed", `${file} ${title}`, plain(message)));
      if (status === "skipped") names.push(nameLine("skipped", `${file} ${title}`));
    }
  }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped, names };
}

/**
 * @param {any} suite
 * @returns {any[]}
 */
const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

/** Messages of journeys have colours. */
const plain = (message = "") => stripVTControlCharacters(message);

/**
 * The counts of a runner: its report, and one failure more when it ended badly without any failure in its report, or left no report, or
 * ran nothing at all.
 * @param {{ name: string, exitCode: number, reportFile: string, count: (report: any) => Counts }} runner
 * @returns {Counts}
 */
export function countRunner({ name, exitCode, reportFile, count }) {
  const counts = existsSync(reportFile) ? readCounts(reportFile, count) : null;
  if (counts === null) return add([countStep(name, 1)]);
  const ranNothing = counts.passed + counts.failed + counts.skipped === 0;
  return counts.failed === 0 && (exitCode !== 0 || ranNothing) ? add([counts, countStep(name, 1)]) : counts;
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
