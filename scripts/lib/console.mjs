import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { awsSettings } from "./aws.mjs";
import { copyBuild } from "./build.mjs";
import { importTenants } from "./import-tenants.mjs";
import { NODE, REPOSITORY, sandboxDir } from "./layout.mjs";
import { assertPortFree } from "./ports.mjs";
import { runningPid, signalGroup, startDetached, stopByPidFile } from "./processes.mjs";
import { serverArgs, serverEnv } from "./server.mjs";
import { assertNotInterrupted, Problem } from "./steps.mjs";

const HOST = "127.0.0.1";
const START_TIMEOUT_MS = 180_000;
const GRACE_MS = 10_000;

/** @param {string} net */
const appDir = (net) => join(sandboxDir(net), "app");
/** @param {string} net @param {string} name */
const consoleProcess = (net, name) => ({ pidFile: join(sandboxDir(net), `${name}.pid`), marker: join(appDir(net), "server.js") });

/** @param {string} net @param {string} [name] */
export const consoleLog = (net, name = "console") => join(sandboxDir(net), `${name}.log`);

/** Below the path that it was built for. @param {number} port */
export const consoleUrl = (port) => `http://${HOST}:${port}${process.env.BASE_PATH ?? ""}`;

/** @param {number} port */
export async function assertConsolePortFree(port) {
  await assertPortFree(HOST, port).catch((error) => {
    throw new Problem(`${error.message}. End that, or choose another port: PORT=${port + 1}`);
  });
}

/**
 * Starts the console on the clusters of a sandbox, from a copy of the build, and waits until it is healthy.
 * @param {{ net: string, port: number, name?: string, clusters?: boolean, settings?: Record<string, string> }} options `name`: of its
 *   log and its data, where several run; without `clusters` it has none, and needs no sandbox that runs; without sign-in, which is the
 *   default here, whoever reaches it is the operator
 */
export async function startConsole({ net, port, name = "console", clusters = true, settings = {} }) {
  copyBuild(appDir(net));
  await assertConsolePortFree(port);
  const { pidFile, marker } = consoleProcess(net, name);
  assertNotInterrupted();
  const child = startDetached({
    command: NODE,
    args: serverArgs(marker),
    cwd: appDir(net),
    env: serverEnv({
      ...consoleSettings(net),
      ...(clusters ? awsSettings(net) : { CONNECTIONS_FILE: "" }),
      PORT: String(port),
      DATA_DIR: join(sandboxDir(net), name),
      SIGN_IN: "off",
      ...settings,
    }),
    logFile: consoleLog(net, name),
    pidFile,
  });
  await untilHealthy(consoleUrl(port), child, consoleLog(net, name));
  return child;
}

/**
 * The console's variables for a sandbox, with the embedded database whatever the terminal's own environment says.
 * @param {string} net
 */
export function consoleSettings(net) {
  return { CONNECTIONS_FILE: join(sandboxDir(net), "connections.yaml"), DATABASE_URL: "", PUBLIC_URL: "", HOSTNAME: HOST };
}

/** @param {string} net @param {string} [name] */
export const stopConsole = (net, name = "console") => stopByPidFile({ ...consoleProcess(net, name), graceMs: GRACE_MS });

/** @param {string} net */
export function killConsoleNow(net) {
  const { pidFile, marker } = consoleProcess(net, "console");
  const pid = runningPid(pidFile, marker);
  if (pid !== null) signalGroup(pid, "SIGKILL");
}

/**
 * @param {string} url
 * @param {import("node:child_process").ChildProcess} child
 * @param {string} log
 */
export async function untilHealthy(url, child, log) {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await isHealthy(url))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || performance.now() > deadline) {
      throw new Problem(`The console ${ended ? "ended while starting" : "was not healthy in time"}. The end of ${log}:\n${tail(log)}`);
    }
    await delay(100);
  }
}

/** @param {string} url */
async function isHealthy(url) {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** @param {string} log */
function tail(log) {
  return existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(-25).join("\n") : "";
}

/**
 * Imports the sandbox's tenants, once for each version of the file: what was changed in the console since stays.
 * @param {{ url: string, stateDir: string, token?: string }} options
 */
export async function importSandboxTenants({ url, stateDir, token }) {
  const file = join(REPOSITORY, "sandbox", "tenants.yaml");
  const stamp = join(stateDir, "imported");
  const hash = createHash("sha256").update(readFileSync(file)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  await importTenants(file, url, token);
  writeFileSync(stamp, hash);
}
