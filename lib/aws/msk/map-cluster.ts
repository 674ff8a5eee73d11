import type { Cluster, LoggingInfo, Provisioned } from "@aws-sdk/client-kafka";
import { clusterArnParts } from "@/lib/domain/msk-cluster";
import { MONITORING_LEVELS, type MonitoringLevel, MSK_STATES, type MskCluster, type MskState } from "@/lib/domain/msk-facts";

/** MSK's answer in our words; null: it names no cluster. Words younger than this adapter are left out, never guessed. */
export function mapCluster(cluster: Cluster): MskCluster | null {
  const arn = cluster.ClusterArn;
  const parts = arn === undefined ? null : clusterArnParts(arn);
  if (arn === undefined || parts === null) return null;
  return {
    arn,
    name: cluster.ClusterName ?? parts.name,
    region: parts.region,
    accountId: parts.accountId,
    state: oneOf<MskState>(MSK_STATES, cluster.State) ?? "UNKNOWN",
    stateMessage: cluster.StateInfo?.Message ?? null,
    currentVersion: cluster.CurrentVersion ?? null,
    createdAt: cluster.CreationTime?.toISOString() ?? null,
    activeOperationArn: cluster.ActiveOperationArn || null,
    tags: { ...cluster.Tags },
    ...(isServerless(cluster) ? serverlessPart(cluster) : provisionedPart(cluster.Provisioned)),
  };
}

type Own =
  | "arn"
  | "name"
  | "region"
  | "accountId"
  | "state"
  | "stateMessage"
  | "currentVersion"
  | "createdAt"
  | "activeOperationArn"
  | "tags";
type KindPart = Omit<MskCluster, Own>;

function isServerless(cluster: Cluster): boolean {
  return cluster.ClusterType === "SERVERLESS" || (cluster.Provisioned === undefined && cluster.Serverless !== undefined);
}

function serverlessPart({ Serverless: serverless }: Cluster): KindPart {
  return {
    kind: "serverless",
    kafkaVersion: null,
    brokerCount: null,
    instanceType: null,
    volumeGib: null,
    volumeThroughputMibPerSecond: null,
    storageMode: null,
    zoneIds: [],
    securityGroups: serverless?.VpcConfigs?.flatMap(({ SecurityGroupIds }) => SecurityGroupIds ?? []) ?? [],
    publicAccess: false,
    monitoringLevel: null,
    openMonitoring: null,
    kmsKeyArn: null,
    encryptionInTransit: null,
    // IAM is the only way in that serverless has, so an answer that leaves it out does not mean it is off.
    authentication: { scram: false, iam: serverless?.ClientAuthentication?.Sasl?.Iam?.Enabled ?? true, tls: false, unauthenticated: false },
    logDestinations: [],
    configuration: null,
  };
}

function provisionedPart(provisioned: Provisioned | undefined): KindPart {
  const brokers = provisioned?.BrokerNodeGroupInfo;
  const software = provisioned?.CurrentBrokerSoftwareInfo;
  const instanceType = brokers?.InstanceType ?? null;
  const access = brokers?.ConnectivityInfo?.PublicAccess?.Type;
  return {
    kind: instanceType?.startsWith("express.") ? "express" : "standard",
    kafkaVersion: software?.KafkaVersion ?? null,
    brokerCount: provisioned?.NumberOfBrokerNodes ?? null,
    instanceType,
    ...volume(provisioned),
    zoneIds: brokers?.ZoneIds ?? [],
    securityGroups: brokers?.SecurityGroups ?? [],
    publicAccess: access !== undefined && access !== "DISABLED",
    ...monitoring(provisioned),
    kmsKeyArn: provisioned?.EncryptionInfo?.EncryptionAtRest?.DataVolumeKMSKeyId ?? null,
    encryptionInTransit: inTransit(provisioned),
    authentication: authentication(provisioned),
    logDestinations: logDestinations(provisioned?.LoggingInfo),
    configuration:
      software?.ConfigurationArn === undefined || software.ConfigurationRevision === undefined
        ? null
        : { arn: software.ConfigurationArn, revision: software.ConfigurationRevision },
  };
}

function volume(provisioned: Provisioned | undefined): Pick<MskCluster, "volumeGib" | "volumeThroughputMibPerSecond" | "storageMode"> {
  const ebs = provisioned?.BrokerNodeGroupInfo?.StorageInfo?.EbsStorageInfo;
  const throughput = ebs?.ProvisionedThroughput;
  const mode = provisioned?.StorageMode;
  return {
    volumeGib: ebs?.VolumeSize ?? null,
    volumeThroughputMibPerSecond: throughput?.Enabled === true ? (throughput.VolumeThroughput ?? null) : null,
    storageMode: mode === "LOCAL" ? "local" : mode === "TIERED" ? "tiered" : null,
  };
}

/** A level that is not said is DEFAULT, as MSK has it; one that is not known here is null. */
function monitoring(provisioned: Provisioned | undefined): Pick<MskCluster, "monitoringLevel" | "openMonitoring"> {
  const level = provisioned?.EnhancedMonitoring;
  const prometheus = provisioned?.OpenMonitoring?.Prometheus;
  return {
    monitoringLevel:
      level === undefined ? (provisioned === undefined ? null : "DEFAULT") : oneOf<MonitoringLevel>(MONITORING_LEVELS, level),
    openMonitoring:
      provisioned === undefined
        ? null
        : { jmx: prometheus?.JmxExporter?.EnabledInBroker ?? false, node: prometheus?.NodeExporter?.EnabledInBroker ?? false },
  };
}

type ClientBroker = "TLS" | "TLS_PLAINTEXT" | "PLAINTEXT";

function inTransit(provisioned: Provisioned | undefined): MskCluster["encryptionInTransit"] {
  const transit = provisioned?.EncryptionInfo?.EncryptionInTransit;
  const clientBroker = oneOf<ClientBroker>(["TLS", "TLS_PLAINTEXT", "PLAINTEXT"], transit?.ClientBroker);
  return transit === undefined || clientBroker === null ? null : { clientBroker, inCluster: transit.InCluster ?? true };
}

/** A cluster that turned no way of signing in on lets everybody in: that is what MSK makes of leaving it out. */
function authentication(provisioned: Provisioned | undefined): MskCluster["authentication"] {
  const given = provisioned?.ClientAuthentication;
  const ways = { scram: given?.Sasl?.Scram?.Enabled ?? false, iam: given?.Sasl?.Iam?.Enabled ?? false, tls: given?.Tls?.Enabled ?? false };
  const none = provisioned !== undefined && !ways.scram && !ways.iam && !ways.tls;
  return { ...ways, unauthenticated: given?.Unauthenticated?.Enabled ?? none };
}

function logDestinations(logging: LoggingInfo | undefined): string[] {
  const logs = logging?.BrokerLogs;
  return [
    ...(logs?.CloudWatchLogs?.Enabled ? ["CloudWatch Logs"] : []),
    ...(logs?.S3?.Enabled ? ["S3"] : []),
    ...(logs?.Firehose?.Enabled ? ["Firehose"] : []),
  ];
}

function oneOf<T extends string>(words: readonly string[], word: string | undefined): T | null {
  return word !== undefined && words.includes(word) ? (word as T) : null;
}
