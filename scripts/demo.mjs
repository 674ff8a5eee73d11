/** `npm run demo`: installs what is missing, builds, starts the sandbox with its tenants and the console; Ctrl-C ends all of it. */
import { awsLog, startAws, stopAws } from "./lib/aws.mjs";
import { build } from "./lib/build.mjs";
import {
  assertConsolePortFree,
  consoleLog,
  consoleUrl,
  importSandboxTenants,
  killConsoleNow,
  startConsole,
  stopConsole,
} from "./lib/console.mjs";
import { installPackages, installTools, SANDBOX_TOOLS } from "./lib/install.mjs";
import { sandboxDir } from "./lib/layout.mjs";
import { enterPeople } from "./lib/people.mjs";
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
const port = Number(process.env.PORT ?? 3000);
const args = process.argv.slice(2);
let claimed = false;
let started = false;
let ending = false;

async function main() {
  const unknown = args.find((arg) => arg !== "--reset");
  if (unknown !== undefined) throw new Problem(`${unknown} is not known. Usage: npm run demo -- [--reset]`);
  claimSandbox(net);
  claimed = true;
  await Promise.all([stopConsole(net), stopTraffic(net), stopAws(net)]);
  await assertConsolePortFree(port);
  await installTools(SANDBOX_TOOLS);
  await installPackages();
  if (args.includes("--reset")) await deleteSandbox(net);
  await build();
  console.log("starting the sandbox");
  started = true;
  await startBrokers(net);
  const aws = await startAws(net);
  const traffic = await startTenants(net);
  console.log("starting the console");
  const server = await startConsole({ net, port, settings: { SIGN_IN: "local" } });
  const url = consoleUrl(port);
  const { people, token } = await enterPeople({ url, stateDir: sandboxDir(net), logFile: consoleLog(net) });
  await importSandboxTenants({ url, stateDir: sandboxDir(net), token });
  const entries = people.map(({ name, role, password }) => `  ${name.padEnd(8)} ${password}   ${role}`).join("\n");
  console.log(
    `\nThe console is at ${url}\nSign in with name and password:\n${entries}\nTrouble to look at, in another terminal: npx tsx sandbox/cli.ts story noisy-neighbour\nCtrl-C ends it and the sandbox. Logs and data: ${sandboxDir(net)}\n`,
  );
  aws.once("exit", () => !ending && console.error(`The sandbox's AWS side has ended; its log: ${awsLog(net)}`));
  traffic.once("exit", () => !ending && console.error(`The tenants' traffic has ended; its log: ${trafficLog(net)}`));
  await new Promise((resolve) => server.once("exit", resolve));
  throw new Problem(`The console has ended; its log: ${consoleLog(net)}`);
}

async function end() {
  ending = true;
  if (started) {
    console.log("\nending the console and the sandbox");
    await Promise.all([stopConsole(net), stopTraffic(net), stopAws(net)]);
    await stopBrokers(net);
  }
  if (claimed) releaseSandbox(net);
}

function kill() {
  if (!started) return;
  killConsoleNow(net);
  killSandboxNow(net);
}

await runToTheEnd({ main, end, kill, endedBySignal: 0 });
