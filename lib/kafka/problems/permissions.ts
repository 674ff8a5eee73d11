type Resource = "topic" | "group" | "cluster";

interface Permission {
  acl: string;
  resource: Resource;
  iam: string;
}

/** Kafka's authorization errors, and the resource each is about. */
const REFUSED_RESOURCE = new Map<number, Resource>([
  [29, "topic"],
  [30, "group"],
  [31, "cluster"],
]);

/** What each call needs, where it is not DESCRIBE (KIP-11, KIP-133, KIP-195, KIP-339, KIP-546); IAM actions from the MSK action table. */
const SPECIAL: Record<string, Partial<Record<Resource, Permission>>> = {
  Fetch: { topic: { acl: "READ", resource: "topic", iam: "kafka-cluster:ReadData" } },
  DescribeConfigs: {
    topic: { acl: "DESCRIBE_CONFIGS", resource: "topic", iam: "kafka-cluster:DescribeTopicDynamicConfiguration" },
    cluster: { acl: "DESCRIBE_CONFIGS", resource: "cluster", iam: "kafka-cluster:DescribeClusterDynamicConfiguration" },
  },
  DescribeClientQuotas: {
    cluster: { acl: "DESCRIBE_CONFIGS", resource: "cluster", iam: "kafka-cluster:DescribeClusterDynamicConfiguration" },
  },
  IncrementalAlterConfigs: {
    topic: { acl: "ALTER_CONFIGS", resource: "topic", iam: "kafka-cluster:AlterTopicDynamicConfiguration" },
    cluster: { acl: "ALTER_CONFIGS", resource: "cluster", iam: "kafka-cluster:AlterClusterDynamicConfiguration" },
  },
  AlterClientQuotas: {
    cluster: { acl: "ALTER_CONFIGS", resource: "cluster", iam: "kafka-cluster:AlterClusterDynamicConfiguration" },
  },
  CreatePartitions: { topic: { acl: "ALTER", resource: "topic", iam: "kafka-cluster:AlterTopic" } },
};

const DESCRIBE: Record<Resource, Permission> = {
  topic: { acl: "DESCRIBE", resource: "topic", iam: "kafka-cluster:DescribeTopic" },
  group: { acl: "DESCRIBE", resource: "group", iam: "kafka-cluster:DescribeGroup" },
  cluster: { acl: "DESCRIBE", resource: "cluster", iam: "kafka-cluster:DescribeCluster" },
};

/**
 * The permission whose absence makes a broker answer this call with this error, as a sentence to act on:
 * "Allow DESCRIBE on group 'billing' to the console's user (with IAM: kafka-cluster:DescribeGroup)."
 */
export function permissionRemedy(operation: string, errorCode: number, name?: string): string | undefined {
  const resource = REFUSED_RESOURCE.get(errorCode);
  if (resource === undefined) return undefined;
  const permission = SPECIAL[operation]?.[resource] ?? DESCRIBE[resource];
  const on = resource === "cluster" ? "the cluster" : name === undefined ? `these ${resource}s` : `${resource} '${name}'`;
  return `Allow ${permission.acl} on ${on} to the console's user (with IAM: ${permission.iam}).`;
}
