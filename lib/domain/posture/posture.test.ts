import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { AclFact, ConfigFact } from "@/lib/domain/facts";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { Registry } from "@/lib/domain/registry";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { drain } from "@/lib/domain/steps";
import { AT, AT_MS, cluster, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import { affectedIn } from "./affected";
import { nestedIds } from "./naming-findings";
import type { PostureConnection } from "./posture";
import { clusterPostureSteps } from "./posture-steps";
import { POSTURE_RULES, type PostureRule } from "./rules";
import type { ClusterSample, TopicSample } from "./sample";

const TOPICS = ["acme.orders", "acme.events", "zeta.clicks", "pool.all"];
const DAY = 86_400_000;
const CONNECTION: PostureConnection = {
  authentication: { kind: "scram-sha-512", username: "console", password: "" },
  tls: {},
  bootstrap: ["a:9096"],
};

function acl(text: string): AclFact {
  const [permission, user, operation, resourceType, resourceName, patternType = "literal"] = text.split(" ");
  return { permission, principal: `User:${user}`, operation, resourceType, resourceName, patternType, host: "*" } as AclFact;
}
const entry = (name: string, value: string | null): ConfigFact => ({
  name,
  value,
  source: "topic",
  readOnly: false,
  sensitive: value === null,
  synonyms: [],
});
const configs = (changes: Record<string, string> = {}): ClusterSnapshot["configs"] =>
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

const ACLS = [
  "allow acme read topic acme. prefixed",
  "allow acme write topic acme. prefixed",
  "allow acme read group acme. prefixed",
  "allow zeta all topic zeta. prefixed",
  "allow svc all topic *",
  "allow svc read group *",
].map(acl);

const POOLED = (id: string, more: object = {}) =>
  tenant(id, {
    model: "pool",
    topics: [{ prefix: "pool." }],
    principals: [{ kind: "scram", name: id }],
    record: { header: "tenant" },
    ...more,
  });

const HEALTHY_TENANTS = [tenant("acme"), tenant("zeta"), POOLED("p1"), POOLED("p2")];
const SERVICES: Registry["services"] = [
  { cluster: "c1", principal: { kind: "scram", name: "svc" }, role: "service" },
  { cluster: "c1", principal: { kind: "scram", name: "console" }, role: "ours" },
];

function topicSample(changes: Partial<TopicSample> = {}): TopicSample {
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
const SAMPLE: ClusterSample = {
  at: AT,
  topics: new Map([["pool.all", topicSample()]]),
  members: new Map([["acme.billing", 3]]),
  shares: new Map(),
};
const sampled = (changes: Partial<TopicSample>): ClusterSample => ({ ...SAMPLE, topics: new Map([["pool.all", topicSample(changes)]]) });

interface Planted {
  cluster?: Partial<ClusterSnapshot>;
  tenants?: Registry["tenants"];
  services?: Registry["services"];
  sample?: ClusterSample | null;
  connection?: Partial<PostureConnection> | null;
  tier?: object;
}

function sweep({
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
const words = (planted?: Planted) => sweep(planted).findings.map(({ rule: found, severity }) => `${severity} ${found}`);

function withRule(...rules: string[]): Planted {
  return { cluster: { acls: [...ACLS, ...rules.map(acl)] } };
}
const forgetful = (id: string, ms: number) =>
  HEALTHY_TENANTS.map((one) => (one.id === id ? { ...one, requirements: { forgetWithinMs: ms } } : one));
const keyed = HEALTHY_TENANTS.map((one) => (one.id === "acme" ? { ...one, requirements: { ownEncryptionKey: true } } : one));
const single = (tenants: string[]) =>
  [0, 1, 2, 3, 4, 5].map((partition) => ({
    partition,
    records: 9,
    batches: 9,
    tenants: [tenants[partition] ?? `t${partition}`],
    oneKey: null,
  }));

/** What is planted, and what is found then and not before. */
const PLANTED: [what: string, planted: Planted, found: string][] = [
  [
    "a prefix without its dot",
    withRule("allow acme read topic a prefixed", "allow zeta read topic acme prefixed"),
    "danger isolation.acl-too-wide",
  ],
  ["every topic", withRule("allow zeta read topic *"), "danger isolation.acl-too-wide"],
  ["another's group", withRule("allow zeta read group acme. prefixed"), "danger isolation.acl-too-wide"],
  ["a rule for everybody", withRule("allow * read topic acme.orders"), "danger isolation.acl-too-wide"],
  ["somebody unknown on one tenant's topics", withRule("allow ghost read topic acme. prefixed"), "warn isolation.acl-too-wide"],
  ["somebody unknown on several tenants' topics", withRule("allow ghost read topic *"), "warn isolation.shared-principal"],
  ["no authorizer", { cluster: { acls: null, parts: partsWith("acls", "unsupported", "DescribeAcls") } }, "danger isolation.no-authorizer"],
  [
    "everybody where there is no rule",
    { cluster: { brokerConfigs: [entry("authorizer.class.name", "x"), entry("allow.everyone.if.no.acl.found", "true")] } },
    "warn isolation.allow-everyone",
  ],
  [
    "a tenant that is a super user",
    { cluster: { brokerConfigs: [entry("authorizer.class.name", "x"), entry("super.users", "User:root;User:zeta")] } },
    "danger isolation.super-user",
  ],
  ["records kept too long", { tenants: forgetful("acme", DAY) }, "warn erasure.late"],
  ["records kept too long in a pool", { tenants: forgetful("p1", DAY) }, "danger erasure.late"],
  [
    "records kept for ever",
    { tenants: forgetful("acme", 400 * DAY), cluster: { configs: configs({ "retention.ms": "-1" }) } },
    "warn erasure.late",
  ],
  [
    "records that are only compacted",
    { tenants: forgetful("acme", 400 * DAY), cluster: { configs: configs({ "cleanup.policy": "compact" }) } },
    "warn erasure.late",
  ],
  ["more members than partitions", { sample: { ...SAMPLE, members: new Map([["acme.billing", 4]]) } }, "info parallelism.idle-members"],
  ["a tenant without a quota", { cluster: { quotas: ["zeta", "p1", "p2"].map((user) => rule({ user }, 1000)) } }, "warn fairness.no-quota"],
  [
    "a quota in one direction only",
    {
      cluster: {
        quotas: [
          ...["zeta", "p1", "p2"].map((user) => rule({ user }, 1000)),
          { entity: { user: "acme" }, values: { producer_byte_rate: 1 } },
        ],
      },
    },
    "warn fairness.no-quota",
  ],
  [
    "pool tenants without an identity",
    { tenants: [tenant("acme"), tenant("zeta"), POOLED("p1", { principals: [] }), POOLED("p2", { principals: [] })] },
    "info fairness.no-quota",
  ],
  [
    "a client-id rule below a user rule",
    {
      tenants: [
        tenant("acme", { topics: [{ prefix: "acme." }], principals: [{ kind: "scram", name: "acme" }], clientIds: ["acme-app"] }),
        ...HEALTHY_TENANTS.slice(1),
      ],
      cluster: { quotas: [...["acme", "zeta", "p1", "p2"].map((user) => rule({ user }, 1000)), rule({ clientId: "acme-app" }, 5)] },
    },
    "info fairness.shadowed-quota",
  ],
  [
    "a partition for each tenant",
    { sample: sampled({ partitions: single(["a", "b", "c", "d", "e", "f"]) }) },
    "warn partitioning.partition-per-tenant",
  ],
  [
    "records without a tenant",
    { sample: sampled({ withoutTenant: 3, headersWithout: ["trace"] }) },
    "warn partitioning.missing-tenant-header",
  ],
  ["records whose payload says another tenant", { sample: sampled({ contradicting: 2 }) }, "warn partitioning.missing-tenant-header"],
  [
    "a key for each tenant in the headers",
    { sample: sampled({ keyHeaders: [{ name: "enc-key-id", records: 60, values: 3, tenants: 3, tenantsWithOneKey: 3 }] }) },
    "info partitioning.client-side-encryption",
  ],
  ["two replicas", { cluster: { metadata: withReplicas(2) } }, "warn durability.replication-factor"],
  ["a min ISR of 1", { cluster: { configs: configs({ "min.insync.replicas": "1" }) } }, "warn durability.min-isr"],
  [
    "unclean elections",
    { cluster: { configs: configs({ "unclean.leader.election.enable": "true" }) } },
    "warn durability.unclean-election",
  ],
  ["a replica that is behind", { cluster: { metadata: withReplicas(3, 2) } }, "warn durability.partitions"],
  ["partitions without a leader", { cluster: { metadata: withReplicas(3, 3, null) } }, "danger durability.partitions"],
  ["no sign-in", { connection: { authentication: { kind: "none" } } }, "danger security.unauthenticated"],
  ["no TLS", { connection: { tls: null } }, "warn security.plaintext"],
  ["a user of nobody", { cluster: { scramUsers: [{ name: "ghost", mechanisms: [] }] } }, "info security.unowned-user"],
  ["a key that is promised and shared", { tenants: keyed }, "danger security.no-own-key"],
];

describe("posture", () => {
  it("of a healthy cluster is silent", () => {
    const { findings, unseen } = sweep();
    expect(findings).toEqual([]);
    expect(Object.keys(unseen)).toEqual(["fairness.oversold"]);
  });

  it.each(PLANTED)("finds %s, and nothing else", (_what, planted, found) => {
    const told = words(planted);
    expect(new Set(told)).toEqual(new Set([found]));
  });

  it("says whom a finding falls on, and with which rule", () => {
    const [finding] = sweep(withRule("allow zeta read topic acme prefixed")).findings;
    expect(finding).toMatchObject({ tenantId: "zeta", clusterId: "c1", subject: "principal zeta" });
    expect(finding?.sentence).toBe("zeta can read 2 topics of acme, because it may do so on topics that begin with “acme”.");
    expect(finding?.evidence).toMatchObject({ principal: "User:zeta", rule: "allow read on topics that begin with “acme”" });
    expect(affectedIn(finding?.evidence ?? {})).toEqual({ tenantIds: ["acme"], count: 1 });
  });

  it("tells of one principal once, whatever the number of its rules", () => {
    expect(words(withRule("allow zeta read topic *", "allow zeta write topic *", "allow zeta read topic acme.orders"))).toHaveLength(1);
  });

  it("takes into account what is denied", () => {
    expect(words(withRule("allow zeta read topic acme. prefixed", "deny zeta read topic acme. prefixed"))).toEqual([]);
  });

  it("is silent on a single tenant's cluster about quotas", () => {
    expect(words({ tenants: [tenant("acme")], cluster: { quotas: [], acls: [], scramUsers: [] } })).toEqual([]);
  });
});

describe("what cannot be seen", () => {
  const unseenOf = (planted: Planted) => Object.keys(sweep(planted).unseen) as PostureRule[];

  it.each<[string, Planted, PostureRule]>([
    ["ACLs that were not read", { cluster: { acls: null } }, "isolation.acl-too-wide"],
    ["quotas that were not read", { cluster: { quotas: null } }, "fairness.no-quota"],
    ["configurations that were not read", { cluster: { configs: new Map() } }, "durability.min-isr"],
    [
      "brokers that hide who is a super user",
      { cluster: { brokerConfigs: [entry("authorizer.class.name", "x"), entry("super.users", null)] } },
      "isolation.super-user",
    ],
    [
      "brokers that hide what is open",
      { cluster: { brokerConfigs: [entry("authorizer.class.name", "x"), entry("allow.everyone.if.no.acl.found", null)] } },
      "isolation.no-acl",
    ],
    ["samples that are turned off", { connection: { samples: "off" } }, "partitioning.missing-tenant-header"],
    ["no sample yet", { sample: null }, "parallelism.idle-members"],
    ["brokers that are not reached", { connection: null }, "partitioning.partition-per-tenant"],
  ])("is said: %s", (_what, planted, unseen) => expect(unseenOf(planted)).toContain(unseen));

  it("is everything, before the cluster was read", () => {
    expect(unseenOf({ cluster: { metadata: null } })).toEqual(POSTURE_RULES);
  });

  it("is IAM: it never passes as nothing found", () => {
    const iam = mskFacts({}, { authentication: { scram: false, iam: true, tls: false, unauthenticated: false } });
    const { findings, unseen } = sweep({ cluster: { msk: iam, acls: [] } });
    expect(findings.map(({ rule: found }) => found)).toContain("isolation.cannot-see");
    expect(unseen["isolation.acl-too-wide"]).toMatch(/IAM/);
  });
});

describe("MSK", () => {
  const msk = (changes: Parameters<typeof mskFacts>[1], facts: Parameters<typeof mskFacts>[0] = {}): Planted => ({
    cluster: { msk: mskFacts(facts, changes) },
  });

  it.each<[string, Planted, string]>([
    [
      "lets clients in without a sign-in",
      msk({ authentication: { scram: true, iam: false, tls: false, unauthenticated: true } }),
      "danger security.unauthenticated",
    ],
    [
      "takes plaintext as well",
      msk({ encryptionInTransit: { clientBroker: "TLS_PLAINTEXT", inCluster: true } }),
      "warn security.plaintext",
    ],
    ["takes plaintext alone", msk({ encryptionInTransit: { clientBroker: "PLAINTEXT", inCluster: true } }), "danger security.plaintext"],
    ["copies in plaintext", msk({ encryptionInTransit: { clientBroker: "TLS", inCluster: false } }), "warn security.plaintext"],
    [
      "opens topics without rules",
      {
        cluster: {
          ...msk({}).cluster,
          brokerConfigs: [entry("authorizer.class.name", "x"), entry("allow.everyone.if.no.acl.found", null)],
        },
      },
      "warn isolation.allow-everyone",
    ],
    [
      "has a promise beyond its brokers",
      { ...msk({ kind: "express", instanceType: "express.m7g.large" }), tier: { produceBytesPerSecond: 100_000_000 } },
      "warn fairness.oversold",
    ],
    [
      "has too few partitions for a promise",
      { ...msk({ kind: "express", instanceType: "express.m7g.16xlarge" }), tier: { produceBytesPerSecond: 100_000_000 } },
      "warn parallelism.partition-cap",
    ],
  ])("that %s", (_what, planted, found) => expect(words(planted)).toContain(found));

  it("has no lag for a group with a colon", () => {
    const planted = msk({});
    const groups = cluster({ topics: TOPICS, groups: { "acme.a:b": { behind: {} } } }).groups;
    expect(words({ cluster: { ...planted.cluster, groups } })).toContain("info naming.group-colon");
  });

  it("opens a topic that no rule is for", () => {
    const planted = msk({}).cluster;
    const brokerConfigs = [entry("authorizer.class.name", "x"), entry("allow.everyone.if.no.acl.found", null)];
    const acls = ACLS.filter(({ principal }) => principal === "User:acme");
    const found = sweep({ cluster: { ...planted, brokerConfigs, acls } }).findings.find(({ rule: one }) => one === "isolation.no-acl");
    expect(found).toMatchObject({ severity: "danger", evidence: { topics: 2 } });
  });
});

describe("ids", () => {
  it.each<[string[], number | null]>([
    [["tern", "ternary"], 1],
    [["a", "ab", "abc", "b"], 2],
    [["acme", "zeta"], null],
    [[], null],
  ])("of %j: %s are nested", (ids, pairs) => expect(nestedIds(ids)?.evidence.pairs ?? null).toBe(pairs));
});

function partsWith(part: "acls", code: "unsupported", operation: string): ClusterSnapshot["parts"] {
  const { parts } = cluster();
  return { ...parts, [part]: { at: null, intervalMs: 1000, problems: [{ code, operation, message: "No authorizer." }] } };
}

function withReplicas(replicas: number, inSync = replicas, leader: number | null = 1): ClusterSnapshot["metadata"] {
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

it("reads no clock of its own", () => expect(sweep().at).toBe(new Date(AT_MS).toISOString()));
