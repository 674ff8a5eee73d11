import type { TopicState } from "@/sandbox/aws/brokers/read-topics";
import type { Cluster, MonitoringLevel } from "@/sandbox/kafka/topology";

/** Express is no type of its own in the API: it is provisioned with an instance type that starts with `express.`. */
export type MskKind = "standard" | "express" | "serverless";

export type ClusterState = "ACTIVE" | "CREATING" | "DELETING" | "FAILED" | "HEALING" | "MAINTENANCE" | "REBOOTING_BROKER" | "UPDATING";

export interface MskNode {
  id: number;
  endpoint: string;
  address: string;
  zoneId: string;
}

/** Where topic calls get their answers. Writes reject with `KafkaRefusal` when Kafka says no. */
export interface TopicSource {
  list: () => Promise<TopicState[]>;
  configs: (topic: string) => Promise<Record<string, string>>;
  /** These become the topic's own values; what it had besides goes back to its default. */
  replaceConfigs: (topic: string, configs: Record<string, string>) => Promise<void>;
  grow: (topic: string, partitionCount: number) => Promise<void>;
}

/** An MSK cluster as the API tells it. `level` and `state` change while the service runs. */
export interface MskCluster {
  kind: MskKind;
  name: string;
  arn: string;
  accountId: string;
  region: string;
  createdAt: string;
  /** As AWS writes it, such as `4.1.x.kraft`; null on serverless. */
  kafkaVersion: string | null;
  level: MonitoringLevel;
  state: ClusterState;
  stateMessage: string | null;
  activeOperationArn: string | null;
  /** What every change of the cluster has to name. */
  currentVersion: string;
  instanceType: string | null;
  /** Of one broker, GiB; null where there is no volume. */
  volumeGib: number | null;
  nodes: MskNode[];
  /** Wire names of GetBootstrapBrokers, only those that are turned on. */
  bootstrap: Record<string, string>;
  authentication: { scram: boolean; iam: boolean; tls: boolean; unauthenticated: boolean };
  openMonitoring: boolean;
  kmsKeyArn: string | null;
  /** As KMS tells it of that key: `AWS` for the one of `alias/aws/kafka`. */
  keyManager: "AWS" | "CUSTOMER";
  encryptionInTransit: { clientBroker: "TLS" | "TLS_PLAINTEXT" | "PLAINTEXT"; inCluster: boolean };
  configuration: { arn: string; serverProperties: string } | null;
  tags: Record<string, string>;
  topics: TopicSource;
  scramUsers: () => Promise<string[]>;
  /** The brokers behind it; null: a fixture. */
  brokers: Cluster | null;
}

/** Everything the service answers about. Clusters of other accounts are there for callers of those accounts. */
export interface Estate {
  clusters: MskCluster[];
}

export const scopeOf = ({ accountId, region }: { accountId: string; region: string }) => `${accountId}/${region}`;
