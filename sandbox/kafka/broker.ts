import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { assertPortFree } from "@/scripts/lib/ports.mjs";
import { runningPid, signalGroup, startDetached, stopByPidFile } from "@/scripts/lib/processes.mjs";
import { exporterConfig, loggingConfig, serverProperties } from "./broker-config";
import type { Cluster, Node, Sandbox } from "./topology";
import { JARS, PORTS } from "./topology";

export const CLASSPATH = `${JARS}/*`;
const EXPORTER = join(JARS, "jmx_prometheus_javaagent-1.0.1.jar");
const STOP_GRACE_MS = 8_000;
const FREEZE_TIMEOUT_MS = 5_000;

const propertiesFile = (node: Node) => join(node.dir, "server.properties");
const pidFile = (node: Node) => join(node.dir, "pid");

/** Where a broker writes its warnings. */
export const brokerLog = (node: Node) => join(node.dir, "server.log");

/** What is in a broker's command line and in no other. */
const marker = (node: Node) => `kafka.Kafka ${propertiesFile(node)}`;

/** The pid of a broker of this sandbox that is running, verified by its command line. */
export const brokerPid = (node: Node): number | null => runningPid(pidFile(node), marker(node));

/** Writes a broker's configuration and formats its storage; a storage that is formatted already stays as it is. */
export async function prepareBroker(sandbox: Sandbox, cluster: Cluster, node: Node): Promise<void> {
  mkdirSync(node.dir, { recursive: true });
  writeFileSync(propertiesFile(node), serverProperties(sandbox, cluster, node));
  writeFileSync(join(node.dir, "exporter.yml"), exporterConfig());
  writeFileSync(join(node.dir, "log4j2.xml"), loggingConfig(brokerLog(node)));
  if (existsSync(join(node.dir, "data", "meta.properties"))) return;
  const format = ["format", "-t", clusterId(cluster), "-c", propertiesFile(node), "--ignore-formatted", "--feature", "share.version=1"];
  await promisify(execFile)("java", [
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-cp",
    CLASSPATH,
    "kafka.tools.StorageTool",
    ...format,
  ]);
}

/** Kafka's cluster id; drawn once and kept. */
export function clusterId(cluster: Cluster): string {
  mkdirSync(cluster.dir, { recursive: true });
  const file = join(cluster.dir, "cluster-id");
  // Kafka's ids are 16 bytes in base64url; a leading dash would read as an option.
  if (!existsSync(file)) writeFileSync(file, `K${randomBytes(16).toString("base64url").slice(1)}`);
  return readFileSync(file, "utf8").trim();
}

/** Starts a prepared broker; does nothing when it runs. Rejects when one of its ports is taken, naming the owner. Does not wait until it serves. */
export async function launchBroker(cluster: Cluster, node: Node): Promise<void> {
  if (brokerPid(node) !== null) return;
  for (const port of Object.values(PORTS)) await assertPortFree(node.host, port);
  startDetached({
    command: "java",
    args: [
      ...cluster.jvm,
      `-Dlog4j2.configurationFile=${join(node.dir, "log4j2.xml")}`,
      "-Djava.awt.headless=true",
      `-javaagent:${EXPORTER}=${node.host}:${PORTS.exporter}:${join(node.dir, "exporter.yml")}`,
      ...["-cp", CLASSPATH, "kafka.Kafka", propertiesFile(node)],
    ],
    cwd: node.dir,
    logFile: join(node.dir, "out.log"),
    pidFile: pidFile(node),
  }).unref();
}

/** Ends a broker: SIGTERM, and SIGKILL when it does not end. Resolves once the process is gone, to whether one was running. */
export function stopBroker(node: Node, graceMs = STOP_GRACE_MS): Promise<boolean> {
  return stopByPidFile({ pidFile: pidFile(node), marker: marker(node), graceMs });
}

/** `kill -9`, as when a machine goes. */
export function killBroker(node: Node): Promise<boolean> {
  return stopBroker(node, 0);
}

/**
 * SIGSTOP and SIGCONT: a broker that accepts connections and never answers. Resolves when all its threads stand still, which takes a busy
 * machine some milliseconds, in which it would still answer.
 */
export async function freezeBroker(node: Node, frozen: boolean): Promise<void> {
  const pid = brokerPid(node);
  if (pid === null) throw new Error(`the broker on ${node.host} is not running`);
  signalGroup(pid, frozen ? "SIGSTOP" : "SIGCONT");
  const deadline = performance.now() + FREEZE_TIMEOUT_MS;
  while (frozen && !standsStill(pid)) {
    if (performance.now() > deadline) throw new Error(`the broker on ${node.host} does not stand still`);
    await delay(5);
  }
}

function standsStill(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every((thread) => /^State:\tT/m.test(readFileSync(`/proc/${pid}/task/${thread}/status`, "utf8")));
}
