import type { TopicState } from "@/sandbox/aws/brokers/read-topics";
import type { MskCluster } from "@/sandbox/aws/estate/cluster";
import { AwsError, badRequest, notFound } from "@/sandbox/aws/http/aws-error";
import type { MskCall } from "./call";
import { clusterOf, paged, tokenField } from "./call";

export async function listTopics(call: MskCall) {
  const cluster = topicCluster(call);
  const prefix = call.query.get("topicNameFilter") ?? "";
  const topics = (await connected(call.context.viewOf(cluster).list())).filter(({ name }) => name.startsWith(prefix));
  const page = paged(call, `topics ${cluster.arn} ${prefix}`, topics, ({ name }) => name);
  return { topics: page.items.map((topic) => topicInfo(cluster, topic)), ...tokenField(page) };
}

export async function describeTopic(call: MskCall) {
  const cluster = topicCluster(call);
  const { topic, configs, status } = await described(call, cluster);
  const { outOfSyncReplicaCount: _, ...info } = topicInfo(cluster, topic);
  return { ...info, configs: Buffer.from(JSON.stringify(configs)).toString("base64"), status };
}

export async function describeTopicPartitions(call: MskCall) {
  const cluster = topicCluster(call);
  const { topic } = await described(call, cluster);
  const page = paged(call, `partitions ${cluster.arn} ${topic.name}`, topic.partitions, ({ partition }) => String(partition));
  return { partitions: page.items, ...tokenField(page) };
}

/** The topic that the address names, as the view has it. */
export async function described(call: MskCall, cluster: MskCluster) {
  const found = await connected(call.context.viewOf(cluster).describe(call.path.topicName ?? ""));
  if (found === null) throw notFound("The topic you requested doesn't exist.", "topicName");
  return found;
}

/** Topic calls are for provisioned clusters from Kafka 3.6 on that are ACTIVE. */
export function topicCluster(call: MskCall): MskCluster {
  const cluster = clusterOf(call);
  if (cluster.kind === "serverless") throw badRequest("This operation isn't supported for serverless clusters.", "clusterArn");
  const [major = 0, minor = 0] = (cluster.kafkaVersion ?? "").split(".").map(Number);
  if (major < 3 || (major === 3 && minor < 6))
    throw badRequest(`This operation needs Apache Kafka version 3.6.0 or later; the cluster runs ${cluster.kafkaVersion}.`, "clusterArn");
  if (cluster.state !== "ACTIVE")
    throw badRequest(`You can't perform this operation while the cluster is in the ${cluster.state} state.`, "clusterArn");
  return cluster;
}

export const topicArn = (cluster: MskCluster, topic: string) => `${cluster.arn.replace(":cluster/", ":topic/")}/${topic}`;

function topicInfo(cluster: MskCluster, { name, partitions }: TopicState) {
  return {
    topicArn: topicArn(cluster, name),
    topicName: name,
    replicationFactor: partitions[0]?.replicas.length ?? 0,
    partitionCount: partitions.length,
    outOfSyncReplicaCount: partitions.reduce((sum, { replicas, isr }) => sum + replicas.length - isr.length, 0),
  };
}

/** Brokers that do not answer are AWS's own failure. */
async function connected<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AwsError("ServiceUnavailableException", 503, `Unable to reach the cluster's brokers: ${reason}`);
  }
}
