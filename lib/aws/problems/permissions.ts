import { topicArn } from "@/lib/domain/msk-cluster";

export type AwsService = "MSK" | "CloudWatch" | "KMS" | "Secrets Manager" | "STS";
type On = "everything" | "cluster" | "topic" | "configuration" | "key" | "role" | "secret" | "its key (where that is a customer's)";

interface Need {
  actions: string[];
  on: On;
}

interface Call {
  service: AwsService;
  needs: Need[];
}

function msk(operation: string, on: On): Call {
  return { service: "MSK", needs: [{ actions: [`kafka:${operation}`], on }] };
}

/** MSK's topic calls are permitted by the actions of Kafka itself, not by those of MSK's own API. */
function topicCall(...actions: string[]): Call {
  return {
    service: "MSK",
    needs: [
      { actions: ["kafka-cluster:Connect"], on: "cluster" },
      { actions: actions.map((action) => `kafka-cluster:${action}`), on: "topic" },
    ],
  };
}

/**
 * What each call needs. Sources: AWS's Service Authorization Reference (service prefixes kafka, kafka-cluster, cloudwatch, kms,
 * secretsmanager, sts), and for topic calls the MSK developer guide's page of the topic operations.
 */
const CALLS = {
  ListClustersV2: msk("ListClustersV2", "everything"),
  DescribeClusterV2: msk("DescribeClusterV2", "cluster"),
  ListNodes: msk("ListNodes", "cluster"),
  GetBootstrapBrokers: msk("GetBootstrapBrokers", "cluster"),
  ListClusterOperationsV2: msk("ListClusterOperationsV2", "cluster"),
  DescribeClusterOperationV2: msk("DescribeClusterOperationV2", "everything"),
  DescribeConfigurationRevision: msk("DescribeConfigurationRevision", "configuration"),
  ListScramSecrets: msk("ListScramSecrets", "cluster"),
  ListTopics: topicCall("DescribeTopic"),
  DescribeTopic: topicCall("DescribeTopic", "DescribeTopicDynamicConfiguration"),
  DescribeTopicPartitions: topicCall("DescribeTopic", "DescribeTopicDynamicConfiguration"),
  UpdateTopic: topicCall("DescribeTopic", "AlterTopic", "AlterTopicDynamicConfiguration"),
  ListMetrics: { service: "CloudWatch", needs: [{ actions: ["cloudwatch:ListMetrics"], on: "everything" }] },
  GetMetricData: { service: "CloudWatch", needs: [{ actions: ["cloudwatch:GetMetricData"], on: "everything" }] },
  DescribeKey: { service: "KMS", needs: [{ actions: ["kms:DescribeKey"], on: "key" }] },
  GetSecretValue: {
    service: "Secrets Manager",
    needs: [
      { actions: ["secretsmanager:GetSecretValue"], on: "secret" },
      { actions: ["kms:Decrypt"], on: "its key (where that is a customer's)" },
    ],
  },
  AssumeRole: { service: "STS", needs: [{ actions: ["sts:AssumeRole"], on: "role" }] },
} satisfies Record<string, Call>;

export type AwsOperation = keyof typeof CALLS;

/** Every call this adapter makes, with the IAM actions it needs. */
export const NEEDED_ACTIONS: ReadonlyMap<AwsOperation, readonly string[]> = new Map(
  (Object.keys(CALLS) as AwsOperation[]).map((operation) => [operation, CALLS[operation].needs.flatMap(({ actions }) => actions)]),
);

export function serviceOf(operation: AwsOperation): AwsService {
  return CALLS[operation].service;
}

/** What a call is about: a cluster, configuration, key, role or secret by its ARN, a secret also by its name, a topic by its name besides. */
export interface CallTarget {
  operation: AwsOperation;
  arn?: string;
  topic?: string;
}

/** "Allow kafka-cluster:Connect on arn:… and kafka-cluster:DescribeTopic on arn:… to arn:…:role/console." */
export function permissionRemedy(target: CallTarget, principal: string): string {
  const grants = CALLS[target.operation].needs.map(({ actions, on }) => `${actions.join(" and ")} on ${resourceOf(on, target)}`);
  return `Allow ${grants.join(", and ")} to ${principal}.`;
}

function resourceOf(on: On, { arn, topic }: CallTarget): string {
  if (on === "everything") return "all resources (*)";
  if (on.startsWith("its ")) return on;
  if (arn === undefined) return `the ${on}`;
  return on === "topic" ? (topicArn(arn, topic ?? "*") ?? "the topic") : arn;
}
