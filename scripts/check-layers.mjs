/** Checks that imports point down (`.dependency-cruiser.cjs`). Fails as well when too few modules were read: an empty run finds no breach. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { NODE_BIN, REPOSITORY } from "./lib/layout.mjs";

const SOURCE = /\.(ts|tsx|mjs)$/;
const FOLDERS = ["app", "components", "lib", "sandbox", "scripts", "bench", "e2e"].filter((folder) => existsSync(join(REPOSITORY, folder)));
const ROOT_FILES = ["instrumentation.ts", "proxy.ts"].filter((file) => existsSync(join(REPOSITORY, file)));

const result = cruise();
for (const { rule, from, to } of result.summary.violations) console.error(`${rule.severity} ${rule.name}: ${from} → ${to}`);

const sources = countSources();
const read = result.modules.filter(({ source }) => SOURCE.test(source) && !source.startsWith("node_modules")).length;
console.log(`${read} modules read of ${sources} source files, ${result.summary.violations.length} breaches`);
if (read < sources) console.error(`Only ${read} of ${sources} source files were read: the check saw too little to mean anything.`);
process.exit(result.summary.error > 0 || read < sources ? 1 : 0);

function cruise() {
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", ...FOLDERS, ...ROOT_FILES];
  try {
    return JSON.parse(execFileSync(join(NODE_BIN, "depcruise"), args, { cwd: REPOSITORY, encoding: "utf8", maxBuffer: 1 << 30 }));
  } catch (error) {
    // It ends with the number of breaches as its exit code and has printed its report all the same.
    return JSON.parse(error.stdout);
  }
}

function countSources() {
  return FOLDERS.flatMap((folder) => readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" }))
    .concat(ROOT_FILES)
    .filter((file) => SOURCE.test(file)).length;
}
