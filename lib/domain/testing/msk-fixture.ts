import type { CloudFacts } from "@/lib/domain/cloud-facts";
import type { MskCluster, MskFacts } from "@/lib/domain/msk-facts";

const ARN = "arn:aws:kafka:eu-central-1:123456789012:cluster/c1/0a1b2c3d-0000-4000-8000-000000000000-1";

/** A Standard cluster of three brokers as AWS describes it, with changes. */
export function mskCluster(changes: Partial<MskCluster> = {}): MskCluster {
  return {
    arn: ARN,
    name: "c1",
    region: "eu-central-1",
    accountId: "123456789012",
    kind: "standard",
    state: "ACTIVE",
    stateMessage: null,
    kafkaVersion: "4.1.x.kraft",
    currentVersion: "K1",
    createdAt: "2026-01-01T00:00:00.000Z",
    brokerCount: 3,
    instanceType: "kafka.m7g.large",
    volumeGib: 100,
    volumeThroughputMibPerSecond: null,
    storageMode: "local",
    zoneIds: ["use1-az1", "use1-az2", "use1-az3"],
    securityGroups: ["sg-1"],
    publicAccess: false,
    monitoringLevel: "PER_BROKER",
    openMonitoring: { jmx: true, node: false },
    kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/1",
    encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    authentication: { scram: true, iam: false, tls: false, unauthenticated: false },
    logDestinations: [],
    configuration: null,
    activeOperationArn: null,
    tags: {},
    ...changes,
  };
}

export function mskFacts(changes: Partial<MskFacts> = {}, cluster: Partial<MskCluster> = {}): MskFacts {
  const nodes = [1, 2, 3].map((brokerId) => ({
    brokerId,
    endpoints: [`b-${brokerId}.invalid`],
    instanceType: "kafka.m7g.large",
    zoneSubnet: null,
    kafkaVersion: "4.1.x.kraft",
  }));
  return { cluster: mskCluster(cluster), nodes, bootstrap: {}, operations: [], configuration: null, key: null, ...changes };
}

export function cloudFacts(at: string, changes: Partial<CloudFacts> = {}): CloudFacts {
  const published = { broker: ["BytesInPerSec", "BytesOutPerSec"], topic: ["BytesInPerSec", "BytesOutPerSec"], group: [], cluster: [] };
  return { at, published, brokers: new Map(), topics: new Map(), groups: new Map(), cluster: {}, ...changes };
}
