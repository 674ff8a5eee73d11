import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { AclFact, ConfigFact } from "@/lib/domain/facts";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { PostureConnection } from "@/lib/domain/posture/posture";
import { clusterPostureSteps } from "@/lib/domain/posture/posture-steps";
import type { ClusterSample, TopicSample } from "@/lib/domain/posture/sample";
import type { Registry } from "@/lib/domain/registry";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { drain } from "@/lib/domain/steps";
import { AT, cluster, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";

/** A healthy cluster with a pool, two bridge tenants and a service, and what is planted in it. */

export const TOPICS = ["acme.orders", "acme.events", "zeta.clicks", "pool.all"];
export const DAY = 86_400_000;
export const CONNECTION: PostureConnection = {
  authentication: { kind: "scram-sha-512", username: "console", password: "" },
  tls: {},
  bootstrap: ["a:9096"],
};

export function acl(text: string): AclFact {
  const [permission, user, operation, resourceType, resourceName, patternType = "literal"] = text.split(" ");
  return { permission, principal: `User:${user}`, operation, resourceType, resourceName, patternType, host: "*" } as AclFact;
}
export const entry = (name: string, value: string | null): ConfigFact => ({
  name,
  value,
  source: "topic",
  readOnly: false,
  sensitive: value === null,
  synonyms: [],
});
export const configs = (changes: Record<string, string> = {}): ClusterSnapshot["configs"] =>
  new Map(
    TOPICS.map((topic) => [
      topic,
      {
        at: AT,
        entries: Object.entries({
          "retention.ms": String(DAY),
          "segment.ms": "3600000",
          "min.insync.replicas": "2",
          "unclean.leader.election.enable": "false",
          "cleanup.policy": "delete",
          ...changes,
        }).map(([name, value]) => entry(name, value)),
      },
    ]),
  );

export const ACLS = [
  "allow acme read topic acme. prefixed",
  "allow acme write topic acme. prefixed",
  "allow acme read group acme. prefixed",
  "allow zeta all topic zeta. prefixed",
  "allow svc all topic *",
  "allow svc read group *",
].map(acl);

export const POOLED = (id: string, more: object = {}) =>
  tenant(id, {
    model: "pool",
    topics: [{ prefix: "pool." }],
    principals: [{ kind: "scram", name: id }],
    record: { header: "tenant" },
    ...more,
  });

export const HEALTHY_TENANTS = [tenant("acme"), tenant("zeta"), POOLED("p1"), POOLED("p2")];
export const SERVICES: Registry["services"] = [
  { cluster: "c1", principal: { kind: "scram", name: "svc" }, role: "service" },
  { cluster: "c1", principal: { kind: "scram", name: "console" }, role: "ours" },
];

export function topicSample(changes: Partial<TopicSample> = {}): TopicSample {
  const partitions = [0, 1, 2].map((partition) => ({ partition, records: 20, batches: 5, tenants: ["p1", "p2"], oneKey: null }));
  return {
    at: AT,
    records: 60,
    batches: 15,
    bytes: 1000,
    partitions,
    withoutTenant: 0,
    batchesWithoutTenant: 0,
    contradicting: null,
    headersWithout: [],
    examples: [],
    keyHeaders: [],
    problem: null,
    ...changes,
  };
}
export const SAMPLE: ClusterSample = {
  at: AT,
  topics: new Map([["pool.all", topicSample()]]),
  members: new Map([["acme.billing", { members: 3, idle: 0 }]]),
  shares: new Map(),
};
export const sampled = (changes: Partial<TopicSample>): ClusterSample => ({
  ...SAMPLE,
  topics: new Map([["pool.all", topicSample(changes)]]),
});

export interface Planted {
  cluster?: Partial<ClusterSnapshot>;
  tenants?: Registry["tenants"];
  services?: Registry["services"];
  sample?: ClusterSample | null;
  connection?: Partial<PostureConnection> | null;
  tier?: object;
}

export function sweep({
  cluster: changes = {},
  tenants = HEALTHY_TENANTS,
  services = SERVICES,
  sample = SAMPLE,
  connection = {},
  tier = {},
}: Planted = {}) {
  const healthy: ClusterSnapshot = {
    ...cluster({
      topics: TOPICS,
      groups: { "acme.billing": { behind: { "acme.orders": 0 } } },
      quotas: ["acme", "zeta", "p1", "p2"].map((user) => rule({ user }, 1000)),
    }),
    acls: ACLS,
    scramUsers: ["acme", "zeta", "svc", "console"].map((name) => ({ name, mechanisms: [] })),
    configs: configs(),
    brokerConfigs: [entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")],
    ...changes,
  };
  const declared = registry(tenants, services);
  declared.tiers = declared.tiers.map((one) => ({ ...one, ...tier }));
  const { fleet } = assembleFleet({ registry: declared, clusters: [healthy], memory: EMPTY_MEMORY, at: AT });
  const reached = connection === null ? null : { ...CONNECTION, ...connection };
  return drain(clusterPostureSteps({ fleet, cluster: healthy, connection: reached, sample }, AT));
}
export const words = (planted?: Planted) => sweep(planted).findings.map(({ rule: found, severity }) => `${severity} ${found}`);

/** Without the service that reads for everybody. */
export const notSvc = ({ principal }: AclFact) => principal !== "User:svc";

export function withRule(...rules: string[]): Planted {
  return { cluster: { acls: [...ACLS, ...rules.map(acl)] } };
}
export const forgetful = (id: string, ms: number) =>
  HEALTHY_TENANTS.map((one) => (one.id === id ? { ...one, requirements: { forgetWithinMs: ms } } : one));
export const keyed = HEALTHY_TENANTS.map((one) => (one.id === "acme" ? { ...one, requirements: { ownEncryptionKey: true } } : one));
export const single = (tenants: string[]) =>
  [0, 1, 2, 3, 4, 5].map((partition) => ({
    partition,
    records: 9,
    batches: 9,
    tenants: [tenants[partition] ?? `t${partition}`],
    oneKey: null,
  }));

export function partsWith(part: "acls", code: "unsupported", operation: string): ClusterSnapshot["parts"] {
  const { parts } = cluster();
  return { ...parts, [part]: { at: null, intervalMs: 1000, problems: [{ code, operation, message: "No authorizer." }] } };
}

export function withReplicas(replicas: number, inSync = replicas, leader: number | null = 1): ClusterSnapshot["metadata"] {
  const { metadata } = cluster({ topics: TOPICS });
  if (metadata === null) throw new Error("no metadata");
  const brokers = [1, 2, 3];
  const topics = new Map(
    [...metadata.topics].map(([name, topic]) => [
      name,
      {
        ...topic,
        partitions: topic.partitions.map((partition) => ({
          ...partition,
          leader,
          replicas: brokers.slice(0, replicas),
          isr: brokers.slice(0, inSync),
        })),
      },
    ]),
  );
  return { ...metadata, topics };
}
