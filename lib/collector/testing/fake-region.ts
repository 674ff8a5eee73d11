import type { AwsRegion } from "@/lib/aws";
import type { AwsAccess } from "@/lib/collector/aws/discovery";
import type { SeriesKey, SeriesRequest } from "@/lib/domain/cloud-facts";
import type { ResolvedAwsConnection } from "@/lib/domain/connection";
import type { Problem, Reading } from "@/lib/domain/facts";
import type { MskCluster, MskTopic } from "@/lib/domain/msk-facts";
import { mskCluster } from "@/lib/domain/testing/msk-fixture";
import type { WriteAnswer } from "@/lib/domain/writes";

/** One region of AWS in memory. Change its fields to change the region. */
export interface FakeRegion {
  clusters: MskCluster[];
  topics: MskTopic[];
  bootstrap: string[];
  published: SeriesKey[];
  /** Operations that are refused. */
  failing: Set<string>;
  asked: string[];
  requests: SeriesRequest[];
  nowMs: () => number;
  region: AwsRegion;
}

export const ACCOUNT: ResolvedAwsConnection = {
  id: "main",
  accountId: "123456789012",
  regions: ["eu-central-1"],
  roleArn: null,
  externalId: null,
  profile: null,
  mode: "observe",
  brokers: null,
  dollarsPerHour: 1,
};

export function fakeRegion(nowMs: () => number, name = "eu-central-1"): FakeRegion {
  const fake: Omit<FakeRegion, "region"> = {
    clusters: [vault()],
    topics: [{ name: "vault.ledger", arn: "t", partitionCount: 2, replicationFactor: 1, outOfSyncReplicaCount: 0 }],
    bootstrap: ["b-1.vault.invalid:9096"],
    published: [{ metric: "BytesInPerSec", brokerId: 1 }],
    failing: new Set(),
    asked: [],
    requests: [],
    nowMs,
  };
  return Object.assign(fake, { region: regionOf(fake, name) });
}

export function vault(changes: Partial<MskCluster> = {}): MskCluster {
  return mskCluster({
    arn: "arn:aws:kafka:eu-central-1:123456789012:cluster/silo-vault/1",
    name: "silo-vault",
    brokerCount: 1,
    ...changes,
  });
}

export function access(...fakes: FakeRegion[]): AwsAccess {
  const regions = fakes.map(({ region }) => region.region);
  return {
    accounts: [{ ...ACCOUNT, regions }],
    openRegion: (_, name) => {
      const fake = fakes.find(({ region }) => region.region === name);
      if (fake === undefined) throw new Error(`There is no region ${name}.`);
      return fake.region;
    },
  };
}

function regionOf(fake: Omit<FakeRegion, "region">, name: string): AwsRegion {
  async function reading<T>(operation: string, value: () => T): Promise<Reading<T | null>> {
    fake.asked.push(operation);
    const refused: Problem = { code: "forbidden", operation, message: `${operation} is denied.`, remedy: `Grant kafka:${operation}.` };
    return fake.failing.has(operation) ? { value: null, problems: [refused] } : { value: value(), problems: [] };
  }
  async function writing(operation: string): Promise<WriteAnswer> {
    const [problem] = (await reading(operation, () => true)).problems;
    return problem === undefined ? { ok: true } : { ok: false, problem, uncertain: false };
  }
  return {
    region: name,
    listClusters: () => reading("ListClustersV2", () => [...fake.clusters]),
    readCluster: (arn) => reading("DescribeClusterV2", () => fake.clusters.find((cluster) => cluster.arn === arn) ?? vault()),
    readNodes: () =>
      reading("ListNodes", () => [
        { brokerId: 1, endpoints: ["b-1.vault.invalid"], instanceType: "kafka.m7g.large", zoneSubnet: null, kafkaVersion: null },
      ]),
    readBootstrap: () => reading("GetBootstrapBrokers", () => ({ scram: fake.bootstrap })),
    readOperations: () => reading("ListClusterOperationsV2", () => []),
    readConfiguration: () => reading("DescribeConfigurationRevision", () => ({})),
    readKey: (arn) => reading("DescribeKey", () => ({ arn, manager: "customer" as const, state: "Enabled" })),
    listTopics: () => reading("ListTopics", () => [...fake.topics]),
    readTopic: () => reading("DescribeTopic", () => null),
    readPartitions: () =>
      reading("DescribeTopicPartitions", () => [1, 0].map((partition) => ({ partition, leader: 1, replicas: [1], isr: [1] }))),
    readScramSecrets: () => reading("ListScramSecrets", () => []),
    updateTopicConfigs: () => writing("UpdateTopic"),
    updateTopicPartitions: () => writing("UpdateTopic"),
    listPublished: () => reading("ListMetrics", () => ({ at: new Date(fake.nowMs()).toISOString(), keys: fake.published })),
    readSeries: async (request) => {
      fake.asked.push("GetMetricData");
      fake.requests.push(request);
      const points = [{ atMs: request.endMs - 60_000, value: 42 }];
      return { value: request.keys.map((key) => ({ key, points, status: "complete" as const })), problems: [] };
    },
    spending: () => ({ since: "", calls: {}, seriesRequested: 0, dollars: 0 }),
    close: () => undefined,
  };
}
