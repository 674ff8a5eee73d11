import { versionOf } from "@/sandbox/aws/estate/broker-clusters";
import type { ClusterState, MskCluster } from "@/sandbox/aws/estate/cluster";
import type { ClusterOperation, OperationLog } from "@/sandbox/aws/msk/operation-log";
import { stopBroker } from "@/sandbox/kafka/broker";
import { startBroker } from "@/sandbox/kafka/cluster";
import { nodeOf } from "@/sandbox/kafka/topology";

/** What a cluster is while an operation lasts; anything else is an UPDATE. */
const STATES: Record<string, ClusterState> = {
  SECURITY_PATCHING: "MAINTENANCE",
  BROKER_UPDATE: "HEALING",
  HEAL_CLUSTER: "HEALING",
  REBOOT_NODE: "REBOOTING_BROKER",
};

/** Takes the operation's brokers away, as MSK does while it works on them, and says so in the cluster's state. */
export async function beginOperation(log: OperationLog, cluster: MskCluster, type: string, brokers: number[], nowMs: number) {
  if (cluster.activeOperationArn !== null) throw new Error(`${cluster.name} has an operation already: ${cluster.activeOperationArn}`);
  const nodes = brokers.map((id) => nodeOf(brokersOf(cluster), id));
  const operation = log.begin(cluster, type, brokers, nowMs);
  showOperation(cluster, operation);
  await Promise.all(nodes.map((node) => stopBroker(node)));
  return operation;
}

/** Brings the brokers back, waits until they serve, and closes the operation. */
export async function endOperation(log: OperationLog, cluster: MskCluster, now: () => number, error?: string): Promise<ClusterOperation> {
  const operation = cluster.activeOperationArn === null ? undefined : log.find(cluster.activeOperationArn);
  if (operation === undefined) throw new Error(`${cluster.name} has no operation to end`);
  const brokers = brokersOf(cluster);
  for (const id of operation.brokers) await startBroker(brokers, nodeOf(brokers, id));
  log.end(operation.arn, now(), error);
  cluster.state = "ACTIVE";
  cluster.stateMessage = null;
  cluster.activeOperationArn = null;
  cluster.currentVersion = versionOf({ id: cluster.name }, log.list(cluster.arn).length);
  return operation;
}

/** Puts a running operation into the cluster's state; also after a restart of the service. */
export function showOperation(cluster: MskCluster, operation: ClusterOperation): void {
  cluster.state = STATES[operation.type] ?? "UPDATING";
  cluster.stateMessage = `${operation.type} since ${operation.startedAt}`;
  cluster.activeOperationArn = operation.arn;
}

function brokersOf({ brokers, name }: MskCluster) {
  if (brokers === null) throw new Error(`${name} is a fixture without brokers`);
  return brokers;
}
