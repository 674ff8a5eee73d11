import type { MskCluster } from "@/sandbox/aws/estate/cluster";
import type { MskCall } from "./call";
import { clusterOf, clustersOf, paged, tokenField } from "./call";

export function listClustersV2(call: MskCall) {
  const prefix = call.query.get("clusterNameFilter") ?? "";
  const type = call.query.get("clusterTypeFilter");
  const wanted = clustersOf(call).filter((cluster) => cluster.name.startsWith(prefix) && (type === undefined || type === typeOf(cluster)));
  const page = paged(call, "clusters", wanted, ({ arn }) => arn);
  return { clusterInfoList: page.items.map(clusterInfo), ...tokenField(page) };
}

export function describeClusterV2(call: MskCall) {
  return { clusterInfo: clusterInfo(clusterOf(call)) };
}

/** PROVISIONED or SERVERLESS: the API has no other type. */
export const typeOf = ({ kind }: MskCluster) => (kind === "serverless" ? "SERVERLESS" : "PROVISIONED");

function clusterInfo(cluster: MskCluster) {
  return {
    ...(cluster.activeOperationArn === null ? {} : { activeOperationArn: cluster.activeOperationArn }),
    clusterType: typeOf(cluster),
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    creationTime: cluster.createdAt,
    currentVersion: cluster.currentVersion,
    state: cluster.state,
    ...(cluster.stateMessage === null ? {} : { stateInfo: { code: cluster.state, message: cluster.stateMessage } }),
    tags: cluster.tags,
    ...(cluster.kind === "serverless" ? { serverless: serverless() } : { provisioned: provisioned(cluster) }),
  };
}

const SUBNETS = { subnetIds: ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"], securityGroupIds: ["sg-0a1b2c3d4e5f60001"] };

const serverless = () => ({ vpcConfigs: [SUBNETS], clientAuthentication: { sasl: { iam: { enabled: true } } } });

function provisioned(cluster: MskCluster) {
  const { scram, iam, tls, unauthenticated } = cluster.authentication;
  return {
    brokerNodeGroupInfo: {
      brokerAZDistribution: "DEFAULT",
      clientSubnets: SUBNETS.subnetIds,
      instanceType: cluster.instanceType,
      securityGroups: SUBNETS.securityGroupIds,
      ...(cluster.volumeGib === null
        ? {}
        : { storageInfo: { ebsStorageInfo: { provisionedThroughput: { enabled: false }, volumeSize: cluster.volumeGib } } }),
      connectivityInfo: { publicAccess: { type: "DISABLED" }, networkType: "IPV4" },
      zoneIds: [...new Set(cluster.nodes.map(({ zoneId }) => zoneId))],
    },
    ...(cluster.kind === "express" ? { rebalancing: { status: "ACTIVE" } } : {}),
    currentBrokerSoftwareInfo: softwareInfo(cluster),
    clientAuthentication: {
      sasl: { scram: { enabled: scram }, iam: { enabled: iam } },
      tls: { enabled: tls, certificateAuthorityArnList: [] },
      unauthenticated: { enabled: unauthenticated },
    },
    encryptionInfo: {
      ...(cluster.kmsKeyArn === null ? {} : { encryptionAtRest: { dataVolumeKMSKeyId: cluster.kmsKeyArn } }),
      encryptionInTransit: cluster.encryptionInTransit,
    },
    enhancedMonitoring: cluster.level,
    openMonitoring: {
      prometheus: { jmxExporter: { enabledInBroker: cluster.openMonitoring }, nodeExporter: { enabledInBroker: false } },
    },
    loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: false }, firehose: { enabled: false }, s3: { enabled: false } } },
    numberOfBrokerNodes: cluster.nodes.length,
    storageMode: "LOCAL",
    customerActionStatus: "NONE",
  };
}

/** What runs on the brokers, with the custom configuration where there is one. */
export function softwareInfo({ kafkaVersion, configuration }: MskCluster) {
  return {
    ...(configuration === null ? {} : { configurationArn: configuration.arn, configurationRevision: 1 }),
    ...(kafkaVersion === null ? {} : { kafkaVersion }),
  };
}
