import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { add, countPlaywright, countRunner, countStep, countVitest, summaryLine } from "./summary.mjs";

const dir = mkdtempSync(join(tmpdir(), "summary-"));
afterAll(() => rmSync(dir, { recursive: true }));

const vitestReport = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [] };

function report(content: string): string {
  const file = join(dir, "report.json");
  writeFileSync(file, content);
  return file;
}

describe("the summary", () => {
  it("adds all runners and steps to one line", () => {
    const parts = [{ passed: 3, failed: 1, skipped: 2 }, countStep(0), countStep(2)];
    expect(summaryLine(add(parts))).toBe("4 passed, 2 failed, 2 skipped");
    expect(summaryLine(add([]))).toBe("0 passed, 0 failed, 0 skipped");
  });

  it("counts a test file that could not be loaded as a failure", () => {
    const testResults = [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "passed", assertionResults: [{ status: "passed" }] },
    ];
    expect(countVitest({ ...vitestReport, numFailedTests: 1, testResults })).toEqual({ passed: 5, failed: 2, skipped: 1 });
  });

  it("counts a journey that passed at the second attempt as passed, and an error outside of journeys as failed", () => {
    const stats = { expected: 4, flaky: 1, unexpected: 2, skipped: 3 };
    expect(countPlaywright({ stats, errors: [{ message: "no server" }] })).toEqual({ passed: 5, failed: 3, skipped: 3 });
  });
});

describe("a runner", () => {
  const count = countVitest;

  it("counts as its report says when it ended well", () => {
    const reportFile = report(JSON.stringify(vitestReport));
    expect(countRunner({ exitCode: 0, reportFile, count })).toEqual({ passed: 5, failed: 0, skipped: 1 });
  });

  it("has failed once more when it ended badly and its report names no failure", () => {
    const reportFile = report(JSON.stringify(vitestReport));
    expect(countRunner({ exitCode: 1, reportFile, count })).toEqual({ passed: 5, failed: 1, skipped: 1 });
    const failing = report(JSON.stringify({ ...vitestReport, numFailedTests: 2 }));
    expect(countRunner({ exitCode: 1, reportFile: failing, count }).failed).toBe(2);
  });

  it("has failed when it left no report, a broken one, or ran nothing", () => {
    const failed = { passed: 0, failed: 1, skipped: 0 };
    expect(countRunner({ exitCode: 0, reportFile: join(dir, "missing.json"), count })).toEqual(failed);
    expect(countRunner({ exitCode: 0, reportFile: report("{"), count })).toEqual(failed);
    const empty = report(JSON.stringify({ ...vitestReport, numPassedTests: 0, numPendingTests: 0 }));
    expect(countRunner({ exitCode: 0, reportFile: empty, count })).toEqual(failed);
  });
});
