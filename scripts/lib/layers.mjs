import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { childEnv, NODE_BIN } from "./layout.mjs";

const SOURCE = /\.(ts|tsx|mjs)$/;
const FOLDERS = ["app", "components", "lib", "sandbox", "scripts", "bench", "e2e"];
const ROOT_FILES = ["instrumentation.ts", "proxy.ts"];

/** @typedef {{ rule: string, from: string, to: string }} Breach */

/**
 * What the rules of `.dependency-cruiser.cjs` find in a tree, and which of its source files were not read: where there are any, an empty
 * list of breaches means nothing.
 * @param {string} root
 * @returns {{ breaches: Breach[], read: number, unread: string[] }}
 */
export function readLayers(root) {
  const { modules, summary } = cruise(root);
  const read = new Set(modules.map(({ source }) => source));
  const sources = sourcesOf(root);
  const unread = sources.filter((file) => !read.has(file));
  const breaches = summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  return { breaches, read: sources.length - unread.length, unread };
}

/**
 * What is wrong, a line each; empty: nothing is.
 * @param {ReturnType<typeof readLayers>} layers
 * @returns {string[]}
 */
export function layerFaults({ breaches, read, unread }) {
  const lines = breaches.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`);
  if (read === 0) lines.push("No source file was read.");
  if (unread.length > 0) lines.push(`Not read, so that nothing is known of them: ${unread.join(", ")}`);
  return lines;
}

/**
 * @param {string} root
 * @returns {{ modules: { source: string }[], summary: { violations: { rule: { name: string }, from: string, to: string }[] } }}
 */
function cruise(root) {
  const there = [...FOLDERS, ...ROOT_FILES].filter((path) => existsSync(join(root, path)));
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", ...there];
  try {
    const options = { cwd: root, env: childEnv(), maxBuffer: 1 << 30 };
    return JSON.parse(execFileSync(join(NODE_BIN, "depcruise"), args, { ...options, encoding: "utf8" }));
  } catch (error) {
    // It ends with the number of breaches as its exit code and has printed its report all the same.
    return JSON.parse(/** @type {{ stdout: string }} */ (error).stdout);
  }
}

/** @param {string} root */
function sourcesOf(root) {
  return FOLDERS.filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`))
    .concat(ROOT_FILES.filter((file) => existsSync(join(root, file))))
    .filter((file) => SOURCE.test(file));
}
