import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { childEnv, NODE, NODE_BIN, REPOSITORY } from "./layout.mjs";
import { run } from "./steps.mjs";
import { countPlaywright, countRunner, countStep, countVitest } from "./summary.mjs";

/** @typedef {import("./summary.mjs").Counts} Counts */

const REPORTS = join(REPOSITORY, "test-results");

/** What needs no server: name, and the commands that must all succeed. */
const STATIC_CHECKS = {
  types: [
    ["next", "typegen"],
    ["tsc", "--noEmit"],
  ],
  lint: [["biome", "check", "--error-on-warnings"]],
  layers: [[NODE, "scripts/check-layers.mjs"]],
  "dead code": [["knip"]],
};

/**
 * Types, lint, layers, dead code and the unit tests; without servers and without a network.
 * @returns {Promise<Counts[]>}
 */
export async function check() {
  const counts = [];
  for (const [name, commands] of Object.entries(STATIC_CHECKS)) {
    const code = await inOrder(commands);
    console.log(`${code === 0 ? "✓" : "✗"} ${name}`);
    counts.push(countStep(name, code));
  }
  counts.push(await vitest("unit"));
  return counts;
}

/** @param {string[][]} commands */
async function inOrder(commands) {
  for (const [command = "", ...args] of commands) {
    const code = await run(command === NODE ? NODE : join(NODE_BIN, command), args, { cwd: REPOSITORY, env: childEnv() });
    if (code !== 0) return code;
  }
  return 0;
}

/**
 * Runs one of Vitest's projects.
 * @param {"unit" | "integration"} project
 * @param {Record<string, string>} [variables]
 * @returns {Promise<Counts>}
 */
export async function vitest(project, variables = {}) {
  const reportFile = freshReport(`vitest-${project}.json`);
  const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const exitCode = await run(join(NODE_BIN, "vitest"), args, { cwd: REPOSITORY, env: childEnv({ ...variables, NODE_ENV: "test" }) });
  return countRunner({ name: `the ${project} tests`, exitCode, reportFile, count: countVitest });
}

/**
 * Runs the journeys in the browser, or what else the arguments choose.
 * @param {Record<string, string>} variables
 * @param {string[]} [args]
 * @returns {Promise<Counts>}
 */
export async function playwright(variables, args = []) {
  const reportFile = freshReport(`playwright-${variables.SANDBOX_NET}.json`);
  const env = childEnv({ ...variables, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile, PLAYWRIGHT_HTML_OPEN: "never" });
  const exitCode = await run(join(NODE_BIN, "playwright"), ["test", "--reporter=list,json", ...args], { cwd: REPOSITORY, env });
  return countRunner({ name: "the journeys", exitCode, reportFile, count: countPlaywright });
}

/** @param {string} name */
function freshReport(name) {
  mkdirSync(REPORTS, { recursive: true });
  const file = join(REPORTS, name);
  rmSync(file, { force: true });
  return file;
}
