/** `npm run dev`: the console in development on the sandbox that is running. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { awsSettings } from "./lib/aws.mjs";
import { assertConsolePortFree, consoleSettings, consoleUrl, importSandboxTenants, untilHealthy } from "./lib/console.mjs";
import { installPackages } from "./lib/install.mjs";
import { childEnv, NODE_BIN, REPOSITORY, sandboxDir } from "./lib/layout.mjs";
import { nextStepFile } from "./lib/left-steps.mjs";
import { signalGroup, spawnNoted } from "./lib/processes.mjs";
import { Problem, runToTheEnd } from "./lib/steps.mjs";

const net = process.env.SANDBOX_NET ?? "127.0.1";
const port = Number(process.env.PORT ?? 3000);
// A database of its own: the embedded one serves a single process, and the demo may be running.
const dataDir = join(sandboxDir(net), "console-dev");
/** @type {import("node:child_process").ChildProcess | undefined} */
let server;

async function main() {
  await installPackages();
  const { CONNECTIONS_FILE, DATABASE_URL } = consoleSettings(net);
  if (!existsSync(CONNECTIONS_FILE)) throw new Problem("There is no sandbox yet. In another terminal: npm run sandbox");
  await assertConsolePortFree(port);
  mkdirSync(dataDir, { recursive: true });
  server = spawnNoted(join(NODE_BIN, "next"), ["dev", "--hostname", "127.0.0.1", "--port", String(port)], {
    cwd: REPOSITORY,
    pidFile: nextStepFile(),
    stdio: ["ignore", "inherit", "inherit"],
    env: childEnv({
      ...awsSettings(net),
      CONNECTIONS_FILE,
      DATABASE_URL,
      NODE_ENV: "development",
      DATA_DIR: dataDir,
      SIGN_IN: "off",
      PUBLIC_URL: "",
    }),
  });
  const ended = new Promise((resolve) => server?.once("exit", (code) => resolve(code ?? 1)));
  await untilHealthy(consoleUrl(port), server, join(REPOSITORY, ".next", "dev", "logs", "next-development.log"));
  await importSandboxTenants({ url: consoleUrl(port), stateDir: dataDir });
  return ended;
}

async function end() {
  if (server?.pid === undefined || server.exitCode !== null) return;
  const { pid } = server;
  const ended = new Promise((resolve) => server?.once("exit", resolve));
  signalGroup(pid, "SIGTERM");
  const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), 10_000);
  await ended;
  clearTimeout(timer);
}

await runToTheEnd({ main, end, kill: () => server?.pid !== undefined && signalGroup(server.pid, "SIGKILL"), endedBySignal: 0 });
