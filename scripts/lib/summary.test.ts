import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { REPOSITORY } from "./layout.mjs";
import { add, countPlaywright, countRunner, countStep, countVitest, summary } from "./summary.mjs";

const dir = mkdtempSync(join(tmpdir(), "summary-"));
afterAll(() => rmSync(dir, { recursive: true }));

const vitestReport = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [] };

function report(content: string): string {
  const file = join(dir, "report.json");
  writeFileSync(file, content);
  return file;
}

describe("the summary", () => {
  it("adds all runners and steps to one line, the last, below the names of what failed or was skipped", () => {
    const names = ["failed: a.test.ts a", "skipped: a.test.ts b"];
    const parts = [{ passed: 3, failed: 1, skipped: 2, names }, countStep("types", 0), countStep("lint", 2)];
    expect(summary(add(parts)).split("\n")).toEqual([...names, "failed: lint", "4 passed, 2 failed, 2 skipped"]);
    expect(summary(add([]))).toBe("0 passed, 0 failed, 0 skipped");
  });

  it("names forty of very many", () => {
    const names = Array.from({ length: 45 }, (_, at) => `failed: ${at}`);
    const lines = summary({ passed: 0, failed: 45, skipped: 0, names }).split("\n");
    expect(lines.slice(39)).toEqual(["failed: 39", "… and 5 more", "0 passed, 45 failed, 0 skipped"]);
  });

  it("counts a test file that could not be loaded as a failure, and one that could not be prepared", () => {
    const testResults = [
      { name: `${REPOSITORY}/lib/a.test.ts`, status: "failed", message: "No such module\n at", assertionResults: [] },
      {
        name: `${REPOSITORY}/lib/b.test.ts`,
        status: "failed",
        assertionResults: [{ status: "failed", fullName: "b is", failureMessages: ["Error: 1\n at"] }],
      },
      {
        name: `${REPOSITORY}/lib/c.test.ts`,
        status: "failed",
        message: "no broker",
        assertionResults: [{ status: "skipped", fullName: "c is" }],
      },
      { name: `${REPOSITORY}/lib/d.test.ts`, status: "passed", assertionResults: [{ status: "passed", fullName: "d is" }] },
    ];
    expect(countVitest({ ...vitestReport, numFailedTests: 1, testResults })).toEqual({
      passed: 5,
      failed: 3,
      skipped: 1,
      names: [
        "failed: lib/a.test.ts: No such module",
        "failed: lib/b.test.ts b is: Error: 1",
        "failed: lib/c.test.ts: no broker",
        "skipped: lib/c.test.ts c is",
      ],
    });
  });

  it("counts a journey that passed at the second attempt as passed, and an error outside of journeys as failed", () => {
    const stats = { expected: 4, flaky: 1, unexpected: 1, skipped: 1 };
    const failed = { status: "unexpected", results: [{ error: { message: "\u001b[31mno row\u001b[39m\nat" } }] };
    const suites = [
      {
        specs: [{ file: "a.spec.ts", title: "a row", tests: [failed] }],
        suites: [{ specs: [{ file: "a.spec.ts", title: "a page", tests: [{ status: "skipped", results: [] }] }] }],
      },
    ];
    expect(countPlaywright({ stats, errors: [{ message: "no server" }], suites })).toEqual({
      passed: 5,
      failed: 2,
      skipped: 1,
      names: ["failed: the journeys: no server", "failed: a.spec.ts a row: no row", "skipped: a.spec.ts a page"],
    });
  });
});

describe("a runner", () => {
  const name = "the tests";
  const count = countVitest;

  it("counts as its report says when it ended well", () => {
    const reportFile = report(JSON.stringify(vitestReport));
    expect(countRunner({ name, exitCode: 0, reportFile, count })).toEqual({ passed: 5, failed: 0, skipped: 1, names: [] });
  });

  it("has failed once more when it ended badly and its report names no failure", () => {
    const reportFile = report(JSON.stringify(vitestReport));
    const badly = { passed: 5, failed: 1, skipped: 1, names: ["failed: the tests"] };
    expect(countRunner({ name, exitCode: 1, reportFile, count })).toEqual(badly);
    const failing = report(JSON.stringify({ ...vitestReport, numFailedTests: 2 }));
    expect(countRunner({ name, exitCode: 1, reportFile: failing, count }).failed).toBe(2);
  });

  it("has failed when it left no report, a broken one, or ran nothing", () => {
    const failed = { passed: 0, failed: 1, skipped: 0, names: ["failed: the tests"] };
    expect(countRunner({ name, exitCode: 0, reportFile: join(dir, "missing.json"), count })).toEqual(failed);
    expect(countRunner({ name, exitCode: 0, reportFile: report("{"), count })).toEqual(failed);
    const empty = report(JSON.stringify({ ...vitestReport, numPassedTests: 0, numPendingTests: 0 }));
    expect(countRunner({ name, exitCode: 0, reportFile: empty, count })).toEqual(failed);
  });
});
