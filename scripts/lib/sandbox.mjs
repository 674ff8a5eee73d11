import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { killAwsNow, stopAws } from "./aws.mjs";
import { brokerProcesses, childEnv, NODE, REPOSITORY, sandboxDir } from "./layout.mjs";
import { commandOf, killMarked, runningPid, signalGroup, startDetached, stopByPidFile } from "./processes.mjs";
import { assertNotInterrupted, must, Problem } from "./steps.mjs";

const BROKER_GRACE_MS = 5_000;
const TRAFFIC_GRACE_MS = 9_000;
const TRAFFIC = "sandbox/tenants/run.ts";

/** @param {string} net */
const lockFile = (net) => `${sandboxDir(net)}.pid`;
/** @param {string} net */
const trafficProcess = (net) => ({ pidFile: join(sandboxDir(net), "traffic.pid"), marker: TRAFFIC });

/** @param {string} net */
export const trafficLog = (net) => join(sandboxDir(net), "traffic.log");

/**
 * Takes a sandbox for this process, so that two commands do not start and stop the same brokers. A holder that died is no holder.
 * @param {string} net
 */
export function claimSandbox(net) {
  const file = lockFile(net);
  mkdirSync(join(sandboxDir(net), ".."), { recursive: true });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
      return;
    } catch {
      const holder = runningPid(file, "scripts/");
      if (holder === process.pid) return;
      if (holder !== null) {
        throw new Problem(
          `The sandbox ${net} is in use by pid ${holder} (${commandOf(holder)}). End that first, or choose another: SANDBOX_NET=127.0.7`,
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new Problem(`The sandbox ${net} could not be taken: ${file}`);
}

/** @param {string} net */
export function releaseSandbox(net) {
  try {
    if (Number(readFileSync(lockFile(net), "utf8")) === process.pid) rmSync(lockFile(net));
  } catch {
    // Never taken.
  }
}

/**
 * Starts the brokers that do not run, and waits until all serve.
 * @param {string} net
 */
export async function startBrokers(net) {
  await must("Starting the brokers", NODE, ["--import", "tsx", "sandbox/cli.ts", "up"], {
    cwd: REPOSITORY,
    env: childEnv({ SANDBOX_NET: net }),
  });
}

/**
 * Sets up the tenants' users, permissions, topics and quotas, and starts their traffic.
 * @param {string} net
 */
export async function startTenants(net) {
  const env = childEnv({ SANDBOX_NET: net });
  await must("Seeding the tenants", NODE, ["--import", "tsx", "sandbox/tenants/seed.ts"], { cwd: REPOSITORY, env });
  assertNotInterrupted();
  return startDetached({
    command: NODE,
    args: ["--import", "tsx", TRAFFIC],
    cwd: REPOSITORY,
    env,
    logFile: trafficLog(net),
    pidFile: trafficProcess(net).pidFile,
  });
}

/** @param {string} net */
export const stopTraffic = (net) => stopByPidFile({ ...trafficProcess(net), graceMs: TRAFFIC_GRACE_MS });

/**
 * Ends every broker of a sandbox, also one whose pid file was lost.
 * @param {string} net
 * @param {number} [graceMs]
 */
export async function stopBrokers(net, graceMs = BROKER_GRACE_MS) {
  const brokers = brokerProcesses(net);
  await Promise.all(brokers.map((broker) => stopByPidFile({ ...broker, graceMs })));
  await killMarked(`kafka.Kafka ${sandboxDir(net)}/`);
}

/**
 * Sends SIGKILL to brokers, traffic and the AWS side, for a person who does not want to wait.
 * @param {string} net
 */
export function killSandboxNow(net) {
  killAwsNow(net);
  for (const { pidFile, marker } of [trafficProcess(net), ...brokerProcesses(net)]) {
    const pid = runningPid(pidFile, marker);
    if (pid !== null) signalGroup(pid, "SIGKILL");
  }
  releaseSandbox(net);
}

/**
 * Ends everything of a sandbox and deletes what it kept.
 * @param {string} net
 */
export async function deleteSandbox(net) {
  await Promise.all([stopTraffic(net), stopAws(net), stopBrokers(net, 0)]);
  rmSync(sandboxDir(net), { recursive: true, force: true });
}
