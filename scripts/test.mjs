/** `npm test`: everything, on a sandbox and a database of its own. The last line adds up all runners. */
import { stopAws } from "./lib/aws.mjs";
import { build } from "./lib/build.mjs";
import { check, playwright, vitest } from "./lib/checks.mjs";
import { killConsoleNow, stopConsole } from "./lib/console.mjs";
import { chromiumPath, installPackages, installTools, TEST_TOOLS } from "./lib/install.mjs";
import { sandboxDir } from "./lib/layout.mjs";
import { startPostgres } from "./lib/postgres.mjs";
import { claimSandbox, deleteSandbox, killSandboxNow, releaseSandbox, startBrokers, stopBrokers, stopTraffic } from "./lib/sandbox.mjs";
import { runToTheEnd } from "./lib/steps.mjs";
import { add, countStep, summary } from "./lib/summary.mjs";

// Not the demo's: a demo that is running stays undisturbed.
const net = process.env.SANDBOX_NET ?? "127.0.2";
let claimed = false;
/** @type {import("./lib/summary.mjs").Counts[]} */
const parts = [];
/** @type {(() => Promise<void>)[]} */
const ends = [];

async function main() {
  claimSandbox(net);
  claimed = true;
  await installTools(TEST_TOOLS);
  await installPackages();
  parts.push(...(await check()));
  await stopConsole(net);
  await deleteSandbox(net);
  await startBrokers(net);
  const postgres = await startPostgres(net);
  ends.push(postgres.stop);
  const variables = { SANDBOX_NET: net, TEST_DATABASE_URL: postgres.url, CHROMIUM_PATH: chromiumPath() ?? "" };
  parts.push(await vitest("integration", variables));
  const built = await build().then(
    () => 0,
    (error) => {
      console.error(error.message);
      return 1;
    },
  );
  parts.push(countStep("the build", built));
  // Journeys without a build could only fail one by one for the same reason.
  if (built === 0) parts.push(await playwright(variables));
}

/** Whatever stopped it before its end is a failure that no runner has counted. */
async function mainCounted() {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    parts.push(countStep("what the tests need", 1));
  }
  return add(parts).failed === 0 ? 0 : 1;
}

async function end() {
  if (claimed) {
    await Promise.all([stopConsole(net), stopTraffic(net), stopAws(net)]);
    await Promise.all([stopBrokers(net), ...ends.map((stop) => stop())]);
    releaseSandbox(net);
    console.log(`logs of the brokers: ${sandboxDir(net)}`);
  }
  console.log(summary(add(parts)));
}

function kill() {
  if (!claimed) return;
  killConsoleNow(net);
  killSandboxNow(net);
}

await runToTheEnd({ main: mainCounted, end, kill });
