/** `npm run bench`: figures on a broker that it fills itself, in one table. Fails only when a gate among them is not met. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { killBenchConsole, startBenchConsole, stopBenchConsole } from "./lib/bench-console.mjs";
import { REFERENCE_TOPICS } from "./lib/bench-size.mjs";
import { brokenGates, table } from "./lib/bench-table.mjs";
import { build } from "./lib/build.mjs";
import { chromiumPath, installPackages, installTools, SANDBOX_TOOLS, TEST_TOOLS } from "./lib/install.mjs";
import { childEnv, NODE, REPOSITORY, sandboxDir } from "./lib/layout.mjs";
import { startPostgres } from "./lib/postgres.mjs";
import { claimSandbox, deleteSandbox, killSandboxNow, releaseSandbox, stopBrokers } from "./lib/sandbox.mjs";
import { must, Problem, runToTheEnd } from "./lib/steps.mjs";

const USAGE =
  "Usage: npm run bench -- [lag] [api] [page] [memory] [changes] [cloudwatch] [accounts] [posture] [noisy] [rollup] [heat] [--minutes 5] [--quick] [--topics 4000] [--reset]; all parts unless some are named";
const PARTS = ["lag", "api", "page", "memory", "changes", "cloudwatch", "accounts", "posture", "noisy", "rollup", "heat"];
/** Parts that need the filled broker. */
const ON_BROKER = ["lag", "api", "page", "heat", "memory", "changes"];
const FLEETS = [
  { store: "PGlite", tenants: 2_000, memoryMax: 800, parts: ["api", "memory", "changes"] },
  { store: "PostgreSQL", tenants: 10_000, memoryMax: 500, parts: ["api", "page", "heat", "memory", "changes"] },
];

/** A broker with thousands of logs takes some ten seconds to close them; one that is killed takes a minute to recover them. */
const BROKER_GRACE_MS = 60_000;

const net = process.env.BENCH_NET ?? "127.0.4";
const results = join(sandboxDir(net), "results.jsonl");
const options = readOptions(process.argv.slice(2));
let claimed = false;
/** @type {(() => Promise<void>)[]} */
const ends = [];

/** @param {string[]} args */
function readOptions(args) {
  const named = args.filter((arg) => PARTS.includes(arg));
  const read = { parts: named.length === 0 ? PARTS : named, minutes: 5, topics: REFERENCE_TOPICS, quick: false, reset: false };
  const rest = args.filter((arg) => !PARTS.includes(arg));
  for (let at = 0; at < rest.length; at += 1) {
    if (rest[at] === "--quick") Object.assign(read, { quick: true, minutes: 1 });
    else if (rest[at] === "--reset") read.reset = true;
    else if (rest[at] === "--minutes") read.minutes = Number(rest[++at]);
    else if (rest[at] === "--topics") read.topics = Number(rest[++at]);
    else fail(`${rest[at]} is not known.`);
  }
  if (!Number.isInteger(read.topics) || read.topics < 2 || read.topics % 2 !== 0) fail("--topics takes an even number.");
  if (!(read.minutes > 0)) fail("--minutes takes a number above 0.");
  return read;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(`${message}\n${USAGE}`);
  process.exit(2);
}

/**
 * Runs one of bench/*.ts in a process of its own, so that no part warms another up.
 * @param {string} part
 * @param {Record<string, string>} [settings]
 */
async function measure(part, settings = {}) {
  console.log(`measuring: ${part} ${settings.BENCH_STORE ?? ""}`);
  const env = childEnv({
    BENCH_NET: net,
    BENCH_RESULTS: results,
    BENCH_TOPICS: String(options.topics),
    BENCH_QUICK: options.quick ? "1" : "0",
    ...settings,
  });
  await must(`The part ${part}`, NODE, ["--import", "tsx", `bench/${part}.ts`], { cwd: REPOSITORY, env });
}

/** On an empty database of its own. */
async function measureRollup() {
  const postgres = await startPostgres(`bench-rollup-${net}`);
  ends.push(postgres.stop);
  await measure("rollup", { BENCH_DATABASE_URL: postgres.url });
  await postgres.stop();
}

/** @param {(typeof FLEETS)[number]} fleet */
async function measureFleet({ store, tenants, memoryMax, parts }) {
  const wanted = parts.filter((part) => options.parts.includes(part));
  if (wanted.length === 0) return;
  const postgres = store === "PostgreSQL" ? await startPostgres(`bench-${net}`) : null;
  if (postgres !== null) ends.push(postgres.stop);
  const url = await startBenchConsole({ net, tenants, databaseUrl: postgres?.url ?? "" });
  const settings = {
    BENCH_URL: url,
    BENCH_STORE: store,
    BENCH_TENANTS: String(tenants),
    BENCH_MEMORY_MAX: String(memoryMax),
    BENCH_MINUTES: String(options.minutes),
    CHROMIUM_PATH: chromiumPath() ?? "",
  };
  for (const part of wanted) await measure(part, settings);
  await stopBenchConsole(net);
}

async function main() {
  claimSandbox(net);
  claimed = true;
  const fleets = FLEETS.filter(({ parts }) => parts.some((part) => options.parts.includes(part)));
  await installTools(fleets.length > 0 || options.parts.includes("rollup") ? TEST_TOOLS : SANDBOX_TOOLS);
  await installPackages();
  await stopBenchConsole(net);
  if (options.reset) await deleteSandbox(net);
  if (fleets.length > 0) await build();
  mkdirSync(sandboxDir(net), { recursive: true });
  rmSync(results, { force: true });
  if (ON_BROKER.some((part) => options.parts.includes(part))) await measure("broker");
  for (const part of ["cloudwatch", "accounts", "posture", "noisy"]) if (options.parts.includes(part)) await measure(part);
  if (options.parts.includes("rollup")) await measureRollup();
  if (options.parts.includes("lag")) await measure("lag");
  for (const fleet of fleets) await measureFleet(fleet);
  const broken = brokenGates(rows());
  if (broken.length > 0)
    throw new Problem(`Not met: ${broken.map(({ what, figure, reach }) => `${what}: ${figure}, reach ${reach}`).join("\n")}`);
}

/** @returns {import("./lib/bench-table.mjs").MeasuredRow[]} */
function rows() {
  if (!claimed || !existsSync(results)) return [];
  return readFileSync(results, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

async function end() {
  if (!claimed) return;
  await stopBenchConsole(net);
  await Promise.all([stopBrokers(net, BROKER_GRACE_MS), ...ends.map((stop) => stop())]);
  const measured = rows();
  if (measured.length > 0) console.log(`\n${table(measured)}`);
  releaseSandbox(net);
}

function kill() {
  if (!claimed) return;
  killBenchConsole(net);
  killSandboxNow(net);
}

await runToTheEnd({ main, end, kill });
