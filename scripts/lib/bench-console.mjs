import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BENCH_CLUSTER, tenantId } from "./bench-size.mjs";
import { copyBuild } from "./build.mjs";
import { consoleSettings, consoleUrl, untilHealthy } from "./console.mjs";
import { importTenants } from "./import-tenants.mjs";
import { NODE, sandboxDir } from "./layout.mjs";
import { freePort } from "./ports.mjs";
import { runningPid, signalGroup, startDetached, stopByPidFile } from "./processes.mjs";
import { serverArgs, serverEnv } from "./server.mjs";
import { assertNotInterrupted } from "./steps.mjs";

const GRACE_MS = 15_000;

/** @param {string} net */
const consoleProcess = (net) => ({ pidFile: join(sandboxDir(net), "console.pid"), marker: join(sandboxDir(net), "app", "server.js") });

/**
 * Starts the built console on the measured broker with empty data, and declares tenants to it.
 * @param {{ net: string, databaseUrl: string, tenants: number }} options an empty databaseUrl means the embedded database
 * @returns {Promise<string>} its address
 */
export async function startBenchConsole({ net, databaseUrl, tenants }) {
  const dir = sandboxDir(net);
  const { pidFile, marker } = consoleProcess(net);
  const logFile = join(dir, "console.log");
  const dataDir = join(dir, "console");
  copyBuild(join(dir, "app"));
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const port = await freePort();
  assertNotInterrupted();
  const child = startDetached({
    command: NODE,
    args: serverArgs(marker),
    cwd: join(dir, "app"),
    env: serverEnv({ ...consoleSettings(net), DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: String(port), SIGN_IN: "off" }),
    logFile,
    pidFile,
  });
  const url = consoleUrl(port);
  await untilHealthy(url, child, logFile);
  await importTenants(writeTenants(join(dir, "tenants.yaml"), tenants), url);
  return url;
}

/** @param {string} net */
export const stopBenchConsole = (net) => stopByPidFile({ ...consoleProcess(net), graceMs: GRACE_MS });

/** @param {string} net */
export function killBenchConsole(net) {
  const { pidFile, marker } = consoleProcess(net);
  const pid = runningPid(pidFile, marker);
  if (pid !== null) signalGroup(pid, "SIGKILL");
}

/**
 * @param {string} file
 * @param {number} count
 * @returns {string} the file
 */
function writeTenants(file, count) {
  const tier =
    "{ id: bench, name: Bench, model: bridge, produceBytesPerSecond: 1 MB/s, consumeBytesPerSecond: 2 MB/s, lagObjectiveMs: 5 min }";
  writeFileSync(file, `tiers:\n  - ${tier}\ntenants:\n`);
  const lines = Array.from({ length: count }, (_, index) => {
    const id = tenantId(index);
    const names = `topics: [{ prefix: ${id}. }], groups: [{ prefix: ${id}. }], principals: [{ kind: scram, name: ${id} }]`;
    return `  - { id: ${id}, name: Tenant ${index}, tier: bench, placements: [{ cluster: ${BENCH_CLUSTER}, model: bridge, ${names} }] }\n`;
  });
  appendFileSync(file, lines.join(""));
  return file;
}
