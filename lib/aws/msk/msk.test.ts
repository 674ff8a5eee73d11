import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeAws, json, startFakeAws } from "@/lib/aws/testing/fake-aws";
import { CLUSTER_ARN, REGION, regionOf } from "@/lib/aws/testing/region";

const ENCODED = encodeURIComponent(CLUSTER_ARN);

/** As MSK's API reference shows a provisioned cluster. */
const PROVISIONED = {
  clusterType: "PROVISIONED",
  clusterArn: CLUSTER_ARN,
  clusterName: "shared-1",
  creationTime: "2026-01-02T03:04:05.000Z",
  currentVersion: "K3AEGXETSR30VB",
  state: "ACTIVE",
  tags: { team: "platform" },
  provisioned: {
    brokerNodeGroupInfo: {
      instanceType: "kafka.m7g.large",
      clientSubnets: ["subnet-1", "subnet-2", "subnet-3"],
      securityGroups: ["sg-1"],
      storageInfo: { ebsStorageInfo: { volumeSize: 1000, provisionedThroughput: { enabled: true, volumeThroughput: 250 } } },
      connectivityInfo: { publicAccess: { type: "DISABLED" } },
      zoneIds: ["euc1-az1", "euc1-az2", "euc1-az3"],
    },
    currentBrokerSoftwareInfo: {
      kafkaVersion: "4.1.x.kraft",
      configurationArn: "arn:aws:kafka:eu-central-1:1:configuration/c/1",
      configurationRevision: 3,
    },
    clientAuthentication: { sasl: { scram: { enabled: true }, iam: { enabled: false } }, unauthenticated: { enabled: false } },
    encryptionInfo: {
      encryptionAtRest: { dataVolumeKMSKeyId: "arn:aws:kms:eu-central-1:1:key/k" },
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    },
    enhancedMonitoring: "PER_BROKER",
    openMonitoring: { prometheus: { jmxExporter: { enabledInBroker: true }, nodeExporter: { enabledInBroker: false } } },
    loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: "g" }, s3: { enabled: false } } },
    numberOfBrokerNodes: 3,
    storageMode: "TIERED",
  },
};

let aws: FakeAws;
beforeEach(async () => {
  aws = await startFakeAws();
});
afterEach(async () => {
  await aws.close();
  vi.unstubAllEnvs();
});

describe("clusters", () => {
  it("are read page by page, of all kinds, with signed requests", async () => {
    aws.on("ListClustersV2", ({ query }) =>
      query.get("nextToken") === null
        ? json({ clusterInfoList: [PROVISIONED], nextToken: "two" })
        : json({
            clusterInfoList: [
              {
                ...PROVISIONED,
                clusterArn: CLUSTER_ARN.replace("shared-1", "fast"),
                clusterName: "fast",
                state: "SOMETHING_NEW",
                provisioned: {
                  brokerNodeGroupInfo: {
                    instanceType: "express.m7g.large",
                    connectivityInfo: { publicAccess: { type: "SERVICE_PROVIDED_EIPS" } },
                  },
                  numberOfBrokerNodes: 3,
                  enhancedMonitoring: "PER_MOON_PHASE",
                },
              },
              {
                clusterType: "SERVERLESS",
                clusterArn: CLUSTER_ARN.replace("shared-1", "small"),
                clusterName: "small",
                state: "ACTIVE",
                serverless: {
                  vpcConfigs: [{ subnetIds: ["s"], securityGroupIds: ["sg-9"] }],
                  clientAuthentication: { sasl: { iam: { enabled: true } } },
                },
              },
              { clusterName: "without an ARN" },
            ],
          }),
    );
    const { value, problems } = await regionOf().listClusters();
    expect(problems).toEqual([]);
    expect(value).toHaveLength(3);
    expect(value?.[0]).toEqual({
      arn: CLUSTER_ARN,
      name: "shared-1",
      region: REGION,
      accountId: "111122223333",
      kind: "standard",
      state: "ACTIVE",
      stateMessage: null,
      kafkaVersion: "4.1.x.kraft",
      currentVersion: "K3AEGXETSR30VB",
      createdAt: "2026-01-02T03:04:05.000Z",
      brokerCount: 3,
      instanceType: "kafka.m7g.large",
      volumeGib: 1000,
      volumeThroughputMibPerSecond: 250,
      storageMode: "tiered",
      zoneIds: ["euc1-az1", "euc1-az2", "euc1-az3"],
      securityGroups: ["sg-1"],
      publicAccess: false,
      monitoringLevel: "PER_BROKER",
      openMonitoring: { jmx: true, node: false },
      kmsKeyArn: "arn:aws:kms:eu-central-1:1:key/k",
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      authentication: { scram: true, iam: false, tls: false, unauthenticated: false },
      logDestinations: ["CloudWatch Logs"],
      configuration: { arn: "arn:aws:kafka:eu-central-1:1:configuration/c/1", revision: 3 },
      activeOperationArn: null,
      tags: { team: "platform" },
    });
    expect(value?.[1]).toMatchObject({ kind: "express", state: "UNKNOWN", monitoringLevel: null, publicAccess: true, volumeGib: null });
    expect(value?.[1]?.authentication).toEqual({ scram: false, iam: false, tls: false, unauthenticated: true });
    expect(value?.[2]).toMatchObject({ kind: "serverless", kafkaVersion: null, monitoringLevel: null, openMonitoring: null });
    expect(value?.[2]).toMatchObject({ brokerCount: null, securityGroups: ["sg-9"], authentication: { iam: true } });
    expect(aws.calls.map(({ query }) => query.get("nextToken"))).toEqual([null, "two"]);
    expect(aws.calls.every(({ signed }) => signed?.service === "kafka" && signed.region === REGION)).toBe(true);
  });

  it("are not used when a later page fails, because the rest would look deleted", async () => {
    aws.on("ListClustersV2", ({ query }) =>
      query.get("nextToken") === null ? json({ clusterInfoList: [PROVISIONED], nextToken: "two" }) : { status: 500, body: "{}" },
    );
    const { value, problems } = await regionOf().listClusters();
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "unavailable", operation: "ListClustersV2" }]);
  });

  it("end where a token comes again, and say so", async () => {
    aws.on("ListClustersV2", () => json({ clusterInfoList: [PROVISIONED], nextToken: "same" }));
    const { value, problems } = await regionOf().listClusters();
    expect(value).toHaveLength(2);
    expect(problems).toMatchObject([{ code: "unsupported" }]);
  });

  it("are described one by one, the ARN percent-encoded in one segment", async () => {
    aws.on("DescribeClusterV2", () =>
      json({ clusterInfo: { ...PROVISIONED, state: "HEALING", stateInfo: { code: "x", message: "Broker 2 is replaced." } } }),
    );
    const { value } = await regionOf().readCluster(CLUSTER_ARN);
    expect(value).toMatchObject({ state: "HEALING", stateMessage: "Broker 2 is replaced." });
    expect(aws.calls[0]?.path).toBe(`/api/v2/clusters/${ENCODED}`);
  });
});

describe("a cluster's parts", () => {
  it("are brokers only, by number", async () => {
    const broker = (brokerId: number) => ({
      nodeType: "BROKER",
      instanceType: "m7g.large",
      brokerNodeInfo: {
        brokerId,
        endpoints: [`b-${brokerId}.example`],
        clientSubnet: "subnet-1",
        currentBrokerSoftwareInfo: { kafkaVersion: "3.8.x" },
      },
    });
    aws.on("ListNodes", ({ query }) =>
      query.get("nextToken") === null
        ? json({ nodeInfoList: [broker(2), { nodeType: "CONTROLLER", controllerNodeInfo: { endpoints: ["c"] } }], nextToken: "n" })
        : json({ nodeInfoList: [broker(1)] }),
    );
    const { value } = await regionOf().readNodes(CLUSTER_ARN);
    expect(value?.map(({ brokerId }) => brokerId)).toEqual([1, 2]);
    expect(value?.[0]).toEqual({
      brokerId: 1,
      endpoints: ["b-1.example"],
      instanceType: "m7g.large",
      zoneSubnet: "subnet-1",
      kafkaVersion: "3.8.x",
    });
    expect(aws.calls[0]?.path).toBe(`/v1/clusters/${ENCODED}/nodes`);
  });

  it("are the ways in that are turned on", async () => {
    aws.on("GetBootstrapBrokers", () =>
      json({ bootstrapBrokerStringSaslScram: "b-1.example:9096,b-2.example:9096", bootstrapBrokerStringVpcConnectivityTls: "v:1" }),
    );
    expect((await regionOf().readBootstrap(CLUSTER_ARN)).value).toEqual({ scram: ["b-1.example:9096", "b-2.example:9096"] });
  });

  it("are its operations, newest first, with the reason of one that failed, asked for once", async () => {
    const failed = "arn:aws:kafka:eu-central-1:1:cluster-operation/shared-1/u/failed";
    aws.on("ListClusterOperationsV2", () =>
      json({
        clusterOperationInfoList: [
          {
            operationArn: failed,
            operationType: "INCREASE_BROKER_COUNT",
            operationState: "UPDATE_FAILED",
            startTime: "2026-11-01T00:00:00.000Z",
            endTime: "2026-11-01T01:00:00.000Z",
          },
          {
            operationArn: "a2",
            operationType: "SECURITY_PATCHING",
            operationState: "UPDATE_IN_PROGRESS",
            startTime: "2026-11-23T11:00:00.000Z",
          },
          { operationType: "NAMELESS" },
        ],
      }),
    );
    aws.on("DescribeClusterOperationV2", () =>
      json({ clusterOperationInfo: { operationArn: failed, errorInfo: { errorCode: "E", errorString: "No more addresses in subnet-1" } } }),
    );
    const region = regionOf();
    await region.readOperations(CLUSTER_ARN);
    const { value, problems } = await region.readOperations(CLUSTER_ARN);
    expect(problems).toEqual([]);
    expect(value).toEqual([
      {
        arn: "a2",
        type: "SECURITY_PATCHING",
        state: "UPDATE_IN_PROGRESS",
        startedAt: "2026-11-23T11:00:00.000Z",
        endedAt: null,
        error: null,
      },
      {
        arn: failed,
        type: "INCREASE_BROKER_COUNT",
        state: "UPDATE_FAILED",
        startedAt: "2026-11-01T00:00:00.000Z",
        endedAt: "2026-11-01T01:00:00.000Z",
        error: "No more addresses in subnet-1",
      },
    ]);
    expect(aws.of("DescribeClusterOperationV2")).toHaveLength(1);
  });

  it("are the properties of its configuration", async () => {
    const properties = "# ours\nauto.create.topics.enable=false\nlog.retention.hours : 168\nmessage.max.bytes 2097152\n";
    aws.on("DescribeConfigurationRevision", () =>
      json({ arn: "x", revision: 3, serverProperties: Buffer.from(properties).toString("base64") }),
    );
    const arn = "arn:aws:kafka:eu-central-1:1:configuration/c/1";
    expect((await regionOf().readConfiguration(arn, 3)).value).toEqual({
      "auto.create.topics.enable": "false",
      "log.retention.hours": "168",
      "message.max.bytes": "2097152",
    });
    expect(aws.calls[0]?.path).toBe(`/v1/configurations/${encodeURIComponent(arn)}/revisions/3`);
  });

  it("are the secrets of its SCRAM users", async () => {
    aws.on("ListScramSecrets", ({ query }) =>
      json(query.get("nextToken") === null ? { secretArnList: ["a"], nextToken: "n" } : { secretArnList: ["b"] }),
    );
    expect((await regionOf().readScramSecrets(CLUSTER_ARN)).value).toEqual(["a", "b"]);
  });
});

describe("topics", () => {
  it("are listed over all pages", async () => {
    aws.on("ListTopics", ({ query }) => {
      const page = Number(query.get("nextToken") ?? 0);
      const topic = {
        topicArn: `t${page}`,
        topicName: `acme.orders-${page}`,
        replicationFactor: 3,
        partitionCount: 6,
        outOfSyncReplicaCount: page,
      };
      return json({ topics: [topic], ...(page < 4 ? { nextToken: String(page + 1) } : {}) });
    });
    const { value } = await regionOf().listTopics(CLUSTER_ARN);
    expect(value).toHaveLength(5);
    expect(value?.[4]).toEqual({ name: "acme.orders-4", arn: "t4", partitionCount: 6, replicationFactor: 3, outOfSyncReplicaCount: 4 });
    expect(aws.calls[0]?.path).toBe(`/v1/clusters/${ENCODED}/topics`);
  });

  it("are described with their configuration out of base64", async () => {
    const configs = Buffer.from(JSON.stringify({ "retention.ms": "604800000", "cleanup.policy": "delete" })).toString("base64");
    aws.on("DescribeTopic", () => json({ topicName: "acme.orders", replicationFactor: 3, partitionCount: 6, configs, status: "ACTIVE" }));
    expect((await regionOf().readTopic(CLUSTER_ARN, "acme.orders")).value).toEqual({
      name: "acme.orders",
      partitionCount: 6,
      replicationFactor: 3,
      status: "ACTIVE",
      configs: { "retention.ms": "604800000", "cleanup.policy": "delete" },
    });
    expect(aws.calls[0]?.path).toBe(`/v1/clusters/${ENCODED}/topics/acme.orders`);
  });

  it("whose configuration cannot be read do not look unconfigured", async () => {
    aws.on("DescribeTopic", () =>
      json({ topicName: "t", replicationFactor: 3, partitionCount: 6, configs: "bm90IGpzb24=", status: "ACTIVE" }),
    );
    const { value, problems } = await regionOf().readTopic(CLUSTER_ARN, "t");
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "invalid", resource: "t" }]);
  });

  it("have partitions, of which one may lack a leader", async () => {
    aws.on("DescribeTopicPartitions", () =>
      json({
        partitions: [
          { partition: 1, leader: -1, replicas: [1, 2], isr: [] },
          { partition: 0, leader: 2, replicas: [2, 3], isr: [2, 3] },
        ],
      }),
    );
    expect((await regionOf().readPartitions(CLUSTER_ARN, "t")).value).toEqual([
      { partition: 0, leader: 2, replicas: [2, 3], isr: [2, 3] },
      { partition: 1, leader: null, replicas: [1, 2], isr: [] },
    ]);
  });
});
