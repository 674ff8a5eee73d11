import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { consoleReadRules, consoleWriteRules } from "./acls";
import { openAdmin } from "./admin";
import { ACCOUNT_ID, clusterArn, REGION } from "./arn";
import { brokerPid, killBroker, launchBroker, prepareBroker, stopBroker } from "./broker";
import { createCertificates, issueCertificate } from "./certificates";
import { fetchJars } from "./jars";
import { metadataSeenBy, waitUntilInSync, waitUntilServing } from "./readiness";
import { passwordOf } from "./secrets";
import { archiveToolClasses } from "./tool";
import type { Cluster, Node, Sandbox } from "./topology";
import { bootstrap, PORTS } from "./topology";

/** The console's SCRAM user; not a super user. */
export const CONSOLE_USER = "console";

/**
 * Starts every broker that does not run yet, and waits until all of them serve. Earlier data is found again.
 *
 * Afterwards `connections.yaml`, the console's user and its permissions are there.
 */
export async function startSandbox(sandbox: Sandbox): Promise<void> {
  await fetchJars();
  mkdirSync(sandbox.dir, { recursive: true });
  await createCertificates(sandbox);
  await issueCertificate(sandbox, CONSOLE_USER);
  const all = sandbox.clusters.flatMap((cluster) => cluster.nodes.map((node) => ({ cluster, node })));
  await Promise.all(all.map(({ cluster, node }) => prepareBroker(sandbox, cluster, node)));
  await Promise.all(all.map(({ node }) => killUnlessAnswering(node)));
  for (const { cluster, node } of all) await launchBroker(cluster, node);
  for (const cluster of sandbox.clusters) await waitUntilServing(cluster.nodes);
  for (const cluster of sandbox.clusters) await enrolConsole(sandbox, cluster);
  for (const cluster of sandbox.clusters.slice(0, 1)) await archiveToolClasses(cluster);
  writeFileSync(connectionsFile(sandbox), stringify(connections(sandbox), { aliasDuplicateObjects: false }));
}

/** Brings back what is dead or hangs of a sandbox that was started before, and waits until every replica is in sync; does nothing to one that is whole. */
export async function mendSandbox({ clusters }: Sandbox): Promise<void> {
  await Promise.all(clusters.flatMap(({ nodes }) => nodes.map(killUnlessAnswering)));
  for (const cluster of clusters) {
    await startCluster(cluster);
    await waitUntilInSync(cluster);
  }
}

/** A broker left over from an earlier start is kept, unless it hangs. */
async function killUnlessAnswering(node: Node): Promise<void> {
  if (brokerPid(node) === null) return;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if ((await metadataSeenBy(node)) !== null) return;
  }
  await killBroker(node);
}

/** Ends every broker, in parallel: without a quorum the last ones would wait for each other, so they are killed after their grace. */
export async function stopSandbox(sandbox: Sandbox, graceMs?: number): Promise<void> {
  await Promise.all(sandbox.clusters.flatMap((cluster) => cluster.nodes.map((node) => stopBroker(node, graceMs))));
}

/** Ends everything and deletes what this sandbox kept; the jars, shared by all, stay. */
export async function resetSandbox(sandbox: Sandbox): Promise<void> {
  await stopSandbox(sandbox, 0);
  rmSync(sandbox.dir, { recursive: true, force: true });
}

/** Starts one broker again and waits until it serves. */
export async function startBroker(cluster: Cluster, node: Node): Promise<void> {
  await launchBroker(cluster, node);
  await waitUntilServing([node]);
}

/** Takes a whole cluster away at once. */
export async function killCluster(cluster: Cluster): Promise<void> {
  await Promise.all(cluster.nodes.map((node) => killBroker(node)));
}

/** Brings a whole cluster back. */
export async function startCluster(cluster: Cluster): Promise<void> {
  for (const node of cluster.nodes) await launchBroker(cluster, node);
  await waitUntilServing(cluster.nodes);
}

/** What runs now, broker by broker. */
export function statusOf(sandbox: Sandbox): { cluster: string; node: number; host: string; pid: number | null }[] {
  return sandbox.clusters.flatMap((cluster) =>
    cluster.nodes.map((node) => ({ cluster: cluster.id, node: node.id, host: node.host, pid: brokerPid(node) })),
  );
}

export function isRunning(sandbox: Sandbox): boolean {
  return existsSync(connectionsFile(sandbox)) && statusOf(sandbox).every(({ pid }) => pid !== null);
}

/** The console's list of clusters. */
export const connectionsFile = (sandbox: Sandbox) => join(sandbox.dir, "connections.yaml");

async function enrolConsole(sandbox: Sandbox, cluster: Cluster): Promise<void> {
  const admin = await openAdmin(sandbox, cluster);
  await admin.createUsers([CONSOLE_USER]);
  const principals = [CONSOLE_USER, `CN=${CONSOLE_USER}`];
  await admin.allow(principals.flatMap((principal) => [...consoleReadRules(principal), ...consoleWriteRules(principal)]));
  await admin.close();
}

/** Clusters the console reaches by itself, and the account in which it finds the others. */
function connections(sandbox: Sandbox) {
  passwordOf(sandbox, CONSOLE_USER);
  const access = {
    authentication: { kind: "scram-sha-512", username: CONSOLE_USER, password: { file: `secrets/${CONSOLE_USER}.password` } },
    tls: { ca: { file: "ca.pem" } },
    exporter: { port: PORTS.exporter, intervalSeconds: 15 },
  };
  const listed = sandbox.clusters.filter(({ msk }) => msk === null || msk.reachable);
  const isInAws = sandbox.clusters.some(({ msk }) => msk !== null);
  return {
    connections: listed.map((cluster) => ({
      id: cluster.id,
      name: cluster.id,
      mode: "operate",
      bootstrap: bootstrap(cluster, "sasl"),
      ...access,
      ...(cluster.msk === null ? {} : { arn: clusterArn(cluster) }),
    })),
    ...(isInAws ? { aws: [{ id: "sandbox", accountId: ACCOUNT_ID, regions: [REGION], mode: "operate", ...access }] } : {}),
  };
}
