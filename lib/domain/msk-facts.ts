/**
 * What AWS says of an MSK cluster, before anything is concluded from it. Source of names and meanings: the MSK API 2018-11-14.
 */

/** Express is no type of its own in the API: it is provisioned with an instance type that starts with `express.`. */
export type MskKind = "standard" | "express" | "serverless";

export const MSK_STATES = ["ACTIVE", "CREATING", "DELETING", "FAILED", "HEALING", "MAINTENANCE", "REBOOTING_BROKER", "UPDATING"] as const;
export type MskState = (typeof MSK_STATES)[number] | "UNKNOWN";

/** Each level contains the ones before it. */
export const MONITORING_LEVELS = ["DEFAULT", "PER_BROKER", "PER_TOPIC_PER_BROKER", "PER_TOPIC_PER_PARTITION"] as const;
export type MonitoringLevel = (typeof MONITORING_LEVELS)[number];

export interface MskCluster {
  arn: string;
  name: string;
  region: string;
  accountId: string;
  kind: MskKind;
  state: MskState;
  /** AWS's own sentence about the state, where there is one. */
  stateMessage: string | null;
  /** As AWS writes it: "3.8.x", "4.1.x.kraft". null on serverless. */
  kafkaVersion: string | null;
  /** What every change of the cluster has to name, so that two people do not change it at once. */
  currentVersion: string | null;
  createdAt: string | null;
  brokerCount: number | null;
  instanceType: string | null;
  /** Of one broker's volume, GiB; null: Express and serverless have no volume to look at. */
  volumeGib: number | null;
  volumeThroughputMibPerSecond: number | null;
  storageMode: "local" | "tiered" | null;
  zoneIds: string[];
  securityGroups: string[];
  publicAccess: boolean;
  /** null on serverless: it has no levels. */
  monitoringLevel: MonitoringLevel | null;
  openMonitoring: { jmx: boolean; node: boolean } | null;
  /** The key of the volumes. null: not said (serverless: AWS's own key). */
  kmsKeyArn: string | null;
  encryptionInTransit: { clientBroker: "TLS" | "TLS_PLAINTEXT" | "PLAINTEXT"; inCluster: boolean } | null;
  authentication: { scram: boolean; iam: boolean; tls: boolean; unauthenticated: boolean };
  /** Where broker logs go: "CloudWatch Logs", "S3", "Firehose". */
  logDestinations: string[];
  configuration: { arn: string; revision: number } | null;
  activeOperationArn: string | null;
  tags: Record<string, string>;
}

export interface MskNode {
  brokerId: number;
  /** DNS names as MSK hands them out; they need not resolve from where the console runs. */
  endpoints: string[];
  instanceType: string | null;
  zoneSubnet: string | null;
  kafkaVersion: string | null;
}

/** Bootstrap addresses by way of entry; only those that are turned on are there. */
export interface MskBootstrap {
  plaintext?: string[];
  tls?: string[];
  scram?: string[];
  iam?: string[];
  publicTls?: string[];
  publicScram?: string[];
  publicIam?: string[];
}

/** Something MSK does or did to a cluster: patching, replacing a broker, scaling, changing its configuration. */
export interface MskOperation {
  arn: string;
  /** As AWS names it: "SECURITY_PATCHING", "BROKER_UPDATE", "INCREASE_BROKER_COUNT". */
  type: string;
  /** "PENDING", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED" and others. */
  state: string;
  startedAt: string;
  /** null: not ended. */
  endedAt: string | null;
  error: string | null;
}

export interface MskTopic {
  name: string;
  arn: string;
  partitionCount: number;
  replicationFactor: number;
  outOfSyncReplicaCount: number;
}

/** MSK's answers about topics are refreshed about once a minute. It does not say which values are overrides. */
export interface MskTopicDetail {
  name: string;
  partitionCount: number;
  replicationFactor: number;
  status: "CREATING" | "UPDATING" | "DELETING" | "ACTIVE" | "UNKNOWN";
  configs: Record<string, string>;
}

/** The key of a cluster's volumes, as KMS describes it. Who manages a key never changes, nor does the key of a cluster. */
export interface KmsKey {
  arn: string;
  /** `aws`: the key of `alias/aws/kafka`, which all clusters of an account and region have that were given none of their own. */
  manager: "aws" | "customer";
  /** As KMS writes it: "Enabled", "Disabled", "PendingDeletion". null: not told lately. */
  state: string | null;
}

/** Everything AWS said of one cluster at its last reading. */
export interface MskFacts {
  cluster: MskCluster;
  /** null: could not be read. */
  nodes: MskNode[] | null;
  bootstrap: MskBootstrap | null;
  operations: MskOperation[] | null;
  /** The custom configuration's server properties; null: none, or could not be read. */
  configuration: Record<string, string> | null;
  /** null: the cluster names no key, or KMS did not tell of it; the problem of `DescribeKey` then says why. */
  key: KmsKey | null;
}
