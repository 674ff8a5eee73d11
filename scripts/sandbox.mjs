/** `npm run sandbox`: brokers and tenants with traffic, without the console; Ctrl-C ends all of it. */
import { join } from "node:path";
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
  await stopTraffic(net);
  await installTools(SANDBOX_TOOLS);
  await installPackages();
  if (args.includes("--reset")) await deleteSandbox(net);
  started = true;
  await startBrokers(net);
  const traffic = await startTenants(net);
  console.log(`\nThe sandbox is running. Its connections file: ${join(sandboxDir(net), "connections.yaml")}\nCtrl-C ends it.\n`);
  await new Promise((resolve) => traffic.once("exit", resolve));
  throw new Problem(`The tenants' traffic has ended; its log: ${trafficLog(net)}`);
}

async function end() {
  if (started) {
    console.log("\nending the sandbox");
    await stopTraffic(net);
    await stopBrokers(net);
  }
  if (claimed) releaseSandbox(net);
}

function kill() {
  if (started) killSandboxNow(net);
}

await runToTheEnd({ main, end, kill, endedBySignal: 0 });
