import { statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { readTopics } from "@/sandbox/aws/brokers/read-topics";
import { readScramUsers } from "@/sandbox/aws/brokers/scram-users";
import { growTopic, readTopicConfigs, replaceTopicConfigs } from "@/sandbox/aws/brokers/topic-configs";
import { ACCOUNT_ID, clusterArn, mskArn, REGION, uuidOf } from "@/sandbox/kafka/arn";
import { clusterId } from "@/sandbox/kafka/broker";
import { serverProperties } from "@/sandbox/kafka/broker-config";
import type { Cluster, MskRole, Node, Sandbox } from "@/sandbox/kafka/topology";
import { PORTS } from "@/sandbox/kafka/topology";
import type { MskCluster } from "./cluster";

const GIB = 1024 ** 3;
/** What a custom configuration of MSK may contain; the rest of a broker's properties is MSK's own. */
const CONFIGURABLE = /^(auto\.create|num\.partitions|default\.replication|min\.insync|offsets\.|transaction\.state|log\.retention)/;

/** The clusters of the sandbox that are MSK's, as AWS tells them. Their brokers need not run. */
export function brokerClusters(sandbox: Sandbox): MskCluster[] {
  return sandbox.clusters.flatMap((cluster) => (cluster.msk === null ? [] : [brokerCluster(sandbox, cluster, cluster.msk)]));
}

function brokerCluster(sandbox: Sandbox, cluster: Cluster, role: MskRole): MskCluster {
  const nodes = cluster.nodes.map((node) => ({
    id: node.id,
    endpoint: endpointOf(cluster, role, node),
    address: node.host,
    zoneId: node.rack,
  }));
  const at = (port: number) => nodes.map(({ endpoint }) => `${endpoint}:${port}`).join(",");
  return {
    kind: "standard",
    name: cluster.id,
    arn: clusterArn(cluster),
    accountId: ACCOUNT_ID,
    region: REGION,
    createdAt: createdAt(cluster),
    kafkaVersion: "4.1.x.kraft",
    level: role.level,
    state: "ACTIVE",
    stateMessage: null,
    activeOperationArn: null,
    currentVersion: versionOf(cluster, 0),
    instanceType: "kafka.t3.small",
    volumeGib: volumeGib(cluster),
    nodes,
    bootstrap: { bootstrapBrokerStringTls: at(PORTS.tls), bootstrapBrokerStringSaslScram: at(PORTS.sasl) },
    authentication: { scram: true, iam: false, tls: true, unauthenticated: false },
    openMonitoring: true,
    ...keyOf(cluster),
    encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    configuration: { arn: mskArn("configuration", cluster.id, clusterId(cluster)), serverProperties: customProperties(sandbox, cluster) },
    tags: { sandbox: sandbox.net },
    topics: {
      list: () => readTopics(cluster),
      configs: async (topic) => (await readTopicConfigs(cluster, topic)).effective,
      replaceConfigs: (topic, configs) => replaceTopicConfigs(cluster, topic, configs),
      grow: (topic, count) => growTopic(cluster, topic, count),
    },
    scramUsers: () => readScramUsers(cluster),
    brokers: cluster,
  };
}

/** Silos have a key that a customer made, which nothing else has; what is shared has the account's own for MSK. */
function keyOf({ id }: Cluster): Pick<MskCluster, "kmsKeyArn" | "keyManager"> {
  const isSilo = id.startsWith("silo-");
  const key = uuidOf(isSilo ? `key ${id}` : "alias/aws/kafka");
  return { kmsKeyArn: `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/${key}`, keyManager: isSilo ? "CUSTOMER" : "AWS" };
}

/** A reachable broker goes by its address; any other by a name in the domain that is reserved for never being resolved. */
function endpointOf(cluster: Cluster, role: MskRole, node: Node): string {
  if (role.reachable) return node.host;
  return `b-${node.id}.${cluster.id.replaceAll("-", "")}.${uuidOf(cluster.id).slice(0, 6)}.c7.kafka.${REGION}.invalid`;
}

/** An opaque word that changes with every change of the cluster. */
export const versionOf = (cluster: { id: string }, change: number) =>
  `K${uuidOf(`version ${cluster.id} ${change}`).replaceAll("-", "").slice(0, 13).toUpperCase()}`;

function volumeGib(cluster: Cluster): number {
  const { bsize, blocks } = statfsSync(cluster.dir);
  return Math.min(16_384, Math.max(1, Math.round((bsize * blocks) / GIB)));
}

function customProperties(sandbox: Sandbox, cluster: Cluster): string {
  const [node] = cluster.nodes;
  const lines = node === undefined ? [] : serverProperties(sandbox, cluster, node).split("\n");
  return `${lines.filter((line) => CONFIGURABLE.test(line)).join("\n")}\n`;
}

const createdAt = (cluster: Cluster) => statSync(join(cluster.dir, "cluster-id")).mtime.toISOString();
