/** `npm run sandbox`: brokers, their AWS side and tenants with traffic, without the console; Ctrl-C ends all of it. */
import { join } from "node:path";
import { awsLog, startAws, stopAws } from "./lib/aws.mjs";
import { installPackages, installTools, SANDBOX_TOOLS } from "./lib/install.mjs";
import { sandboxDir } from "./lib/layout.mjs";
import {
  claimSandbox,
  deleteSandbox,
  killSandboxNow,
  releaseSandbox,
  startBrokers,
  startTenants,
  stopBrokers,
  stopTraffic,
  trafficLog,
} from "./lib/sandbox.mjs";
import { Problem, runToTheEnd } from "./lib/steps.mjs";

const net = process.env.SANDBOX_NET ?? "127.0.1";
const args = process.argv.slice(2);
let claimed = false;
let started = false;

async function main() {
  const unknown = args.find((arg) => arg !== "--reset");
  if (unknown !== undefined) throw new Problem(`${unknown} is not known. Usage: npm run sandbox -- [--reset]`);
  claimSandbox(net);
  claimed = true;
  await Promise.all([stopTraffic(net), stopAws(net)]);
  await installTools(SANDBOX_TOOLS);
  await installPackages();
  if (args.includes("--reset")) await deleteSandbox(net);
  started = true;
  await startBrokers(net);
  const aws = await startAws(net);
  const traffic = await startTenants(net);
  console.log(`\nThe sandbox is running. Its connections file: ${join(sandboxDir(net), "connections.yaml")}\nCtrl-C ends it.\n`);
  throw await Promise.race([
    ended(traffic, `The tenants' traffic has ended; its log: ${trafficLog(net)}`),
    ended(aws, `The sandbox's AWS side has ended; its log: ${awsLog(net)}`),
  ]);
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {string} message
 * @returns {Promise<Problem>}
 */
const ended = (child, message) => new Promise((resolve) => child.once("exit", () => resolve(new Problem(message))));

async function end() {
  if (started) {
    console.log("\nending the sandbox");
    await Promise.all([stopTraffic(net), stopAws(net)]);
    await stopBrokers(net);
  }
  if (claimed) releaseSandbox(net);
}

function kill() {
  if (started) killSandboxNow(net);
}

await runToTheEnd({ main, end, kill, endedBySignal: 0 });
