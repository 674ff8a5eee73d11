/** `npm run test:soak`: trouble on a sandbox of its own, and a time without any; what the console says of it. Its last line adds up. */
import { stopAws } from "./lib/aws.mjs";
import { build } from "./lib/build.mjs";
import { playwright } from "./lib/checks.mjs";
import { killConsoleNow, stopConsole } from "./lib/console.mjs";
import { installPackages, installTools, SANDBOX_TOOLS } from "./lib/install.mjs";
import { sandboxDir } from "./lib/layout.mjs";
import { claimSandbox, deleteSandbox, killSandboxNow, releaseSandbox, stopBrokers, stopTraffic } from "./lib/sandbox.mjs";
import { runToTheEnd } from "./lib/steps.mjs";
import { add, countStep, summary } from "./lib/summary.mjs";

const PARTS = [
  "calm",
  "noisy-neighbour",
  "hot-key",
  "stuck-consumer",
  "broker-down",
  "denied-access",
  "quota-changed-elsewhere",
  "replay",
  "pool-overuse",
];
const USAGE = `Usage: npm run test:soak -- [${PARTS.join("] [")}] [--calm-minutes 30]; all parts unless some are named`;

// Not the demo's nor the tests': both stay undisturbed.
const net = process.env.SANDBOX_NET ?? "127.0.6";
const options = readOptions(process.argv.slice(2));
let claimed = false;
/** @type {import("./lib/summary.mjs").Counts[]} */
const counts = [];

/** @param {string[]} args */
function readOptions(args) {
  const parts = args.filter((arg) => PARTS.includes(arg));
  const rest = args.filter((arg) => !PARTS.includes(arg));
  let calmMinutes = 30;
  for (let at = 0; at < rest.length; at += 1) {
    if (rest[at] === "--calm-minutes") calmMinutes = Number(rest[++at]);
    else fail(`${rest[at]} is not known.`);
  }
  if (!(calmMinutes > 0)) fail("--calm-minutes takes a number above 0.");
  return { parts: parts.length === 0 ? PARTS : parts, calmMinutes };
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(`${message}\n${USAGE}`);
  process.exit(2);
}

async function main() {
  claimSandbox(net);
  claimed = true;
  await installTools(SANDBOX_TOOLS);
  await installPackages();
  await stopConsole(net);
  await deleteSandbox(net);
  await build();
  const args = ["--config", "playwright.soak.config.ts", "--grep", `(^| )(${options.parts.join("|")}): `];
  const variables = { SANDBOX_NET: net, SOAK_CALM_MINUTES: String(options.calmMinutes) };
  counts.push(await playwright(variables, args));
}

/** Whatever stopped it before its end is a failure that no runner has counted. */
async function mainCounted() {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    counts.push(countStep("what the tests need", 1));
  }
  return add(counts).failed === 0 ? 0 : 1;
}

async function end() {
  if (claimed) {
    await Promise.all([stopConsole(net), stopTraffic(net), stopAws(net)]);
    await stopBrokers(net);
    releaseSandbox(net);
    console.log(`logs: ${sandboxDir(net)}`);
  }
  console.log(summary(add(counts)));
}

function kill() {
  if (!claimed) return;
  killConsoleNow(net);
  killSandboxNow(net);
}

await runToTheEnd({ main: mainCounted, end, kill });
