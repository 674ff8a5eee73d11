import type { MskCluster } from "./msk-facts";

export interface ClusterArnParts {
  partition: string;
  region: string;
  accountId: string;
  name: string;
  uuid: string;
}

const CLUSTER_ARN = /^arn:(aws[a-z-]*):kafka:([a-z0-9-]+):(\d{12}):cluster\/([^/]+)\/([^/]+)$/;

/** What a cluster's ARN tells by itself; null: it is no ARN of an MSK cluster. */
export function clusterArnParts(arn: string): ClusterArnParts | null {
  const [, partition, region, accountId, name, uuid] = CLUSTER_ARN.exec(arn) ?? [];
  if (partition === undefined || region === undefined || accountId === undefined || name === undefined || uuid === undefined) return null;
  return { partition, region, accountId, name, uuid };
}

/** The ARN of a topic of the cluster, as IAM policies name it; `*` as topic stands for all of them. null: no cluster ARN. */
export function topicArn(clusterArn: string, topic: string): string | null {
  const parts = clusterArnParts(clusterArn);
  if (parts === null) return null;
  return `arn:${parts.partition}:kafka:${parts.region}:${parts.accountId}:topic/${parts.name}/${parts.uuid}/${topic}`;
}

/** Major and minor of a version as MSK writes it: "3.8.x", "3.7.x.kraft", "2.8.2.tiered". null: not of this form. */
export function kafkaVersionOf(text: string | null): { major: number; minor: number } | null {
  const [, major, minor] = /^(\d+)\.(\d+)(?![\d])/.exec(text ?? "") ?? [];
  return major === undefined || minor === undefined ? null : { major: Number(major), minor: Number(minor) };
}

/**
 * Whether MSK's own topic API answers for the cluster: provisioned, Kafka 3.6 or newer. A version that cannot be read counts as newer,
 * because MSK offers none below 3.6 any more. The cluster must be ACTIVE besides.
 */
export function hasTopicApi(cluster: Pick<MskCluster, "kind" | "kafkaVersion">): boolean {
  if (cluster.kind === "serverless") return false;
  const version = kafkaVersionOf(cluster.kafkaVersion);
  return version === null || version.major > 3 || (version.major === 3 && version.minor >= 6);
}
