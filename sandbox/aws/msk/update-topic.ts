import { KafkaRefusal } from "@/sandbox/aws/brokers/topic-configs";
import { AwsError, badRequest } from "@/sandbox/aws/http/aws-error";
import type { MskCall } from "./call";
import { described, topicArn, topicCluster } from "./topics";

const UNKNOWN_TOPIC = 3;
const REASSIGNMENT_IN_PROGRESS = 60;

/**
 * Takes configs or a partition count, never both. AWS does not document whether configs are merged into a topic's own values or replace
 * them; here they replace them, so that a caller who does not send the whole set notices.
 */
export async function updateTopic(call: MskCall) {
  const cluster = topicCluster(call);
  const { configs, partitionCount } = call.body;
  if ((configs === undefined) === (partitionCount === undefined))
    throw badRequest("You must specify either configs or partitionCount to update.");
  const { topic } = await described(call, cluster);
  const view = call.context.viewOf(cluster);
  await translated(
    configs === undefined
      ? cluster.topics.grow(topic.name, countIn(partitionCount, topic.partitions.length))
      : cluster.topics.replaceConfigs(topic.name, configsIn(configs)),
  );
  view.changed(topic.name);
  return { topicArn: topicArn(cluster, topic.name), topicName: topic.name, status: "UPDATING" };
}

function countIn(value: unknown, current: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1)
    throw badRequest("partitionCount must be a positive integer.", "partitionCount");
  if (value <= current) throw badRequest(`The topic has ${current} partitions; their number can only grow.`, "partitionCount");
  return value;
}

/** Base64 of a JSON object whose values are all strings. */
function configsIn(value: unknown): Record<string, string> {
  const refused = badRequest("configs must be a base64-encoded JSON object with string values.", "configs");
  if (typeof value !== "string" || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) throw refused;
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(value, "base64").toString("utf8"));
  } catch {
    throw refused;
  }
  if (typeof decoded !== "object" || decoded === null || Array.isArray(decoded)) throw refused;
  const entries = Object.entries(decoded).map(([name, text]) => {
    if (typeof text !== "string") throw refused;
    return [name, text];
  });
  return Object.fromEntries(entries);
}

/** Kafka's refusals under MSK's names. */
async function translated(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!(error instanceof KafkaRefusal)) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AwsError("ClusterConnectivityException", 409, `Unable to reach the cluster's brokers: ${reason}`);
    }
    if (error.errorCode === UNKNOWN_TOPIC) throw new AwsError("UnknownTopicOrPartitionException", 404, error.message, "topicName");
    if (error.errorCode === REASSIGNMENT_IN_PROGRESS) throw new AwsError("ReassignmentInProgressException", 409, error.message);
    throw new AwsError("KafkaRequestException", 400, error.message, "configs");
  }
}
