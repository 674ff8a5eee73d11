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
  members: new Map([["acme.billing", { members: 3, idle: 0 }]]),
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

/** Without the service that reads for everybody. */
const notSvc = ({ principal }: AclFact) => principal !== "User:svc";

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
  [
    "nothing that lets a tenant read what its group reads",
    { cluster: { acls: ACLS.filter((one) => one.operation !== "read" || one.resourceType !== "topic").filter(notSvc) } },
    "danger access.denied",
  ],
  [
    "a rule that denies a tenant what its group reads",
    { cluster: { acls: [...ACLS.filter(notSvc), acl("deny acme read topic acme.orders")] } },
    "danger access.denied",
  ],
  [
    "nothing that lets a tenant read as its group",
    { cluster: { acls: ACLS.filter((one) => one.resourceType !== "group").filter(notSvc) } },
    "danger access.denied",
  ],
  ["no authorizer", { cluster: { acls: null, parts: partsWith("acls", "unsupported", "DescribeAcls") } }, "danger isolation.no-authorizer"],
  [
    "an authorizer that was taken away",
    { cluster: { parts: partsWith("acls", "unsupported", "DescribeAcls") } },
    "danger isolation.no-authorizer",
  ],
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
  [
    "more members than partitions",
    { sample: { ...SAMPLE, members: new Map([["acme.billing", { members: 4, idle: 1 }]]) } },
    "info parallelism.idle-members",
  ],
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
    expect(Object.keys(unseen)).toEqual(["fairness.oversold", "parallelism.partition-cap"]);
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

  it("says who is refused what, unless a service may read it for the tenant", () => {
    const unread = ACLS.filter(
      ({ principal, operation, resourceType }) => operation !== "read" || resourceType !== "topic" || principal !== "User:acme",
    );
    const [finding] = sweep({ cluster: { acls: unread.filter(notSvc) } }).findings;
    expect(finding).toMatchObject({ tenantId: "acme", subject: "principal acme" });
    expect(finding?.sentence).toBe("No rule lets acme read acme.orders, which acme.billing reads: the brokers refuse it.");
    expect(finding?.evidence.commands).toContain(
      "--add --allow-principal User:acme --operation Read --topic acme. --resource-pattern-type prefixed",
    );
    expect(sweep({ cluster: { acls: unread } }).findings).toEqual([]);
  });

  it("does not take somebody whom no rule names for refused: it may be a super user that brokers hide", () => {
    expect(words({ cluster: { acls: ACLS.filter(({ principal }) => !["User:acme", "User:svc"].includes(principal)) } })).toEqual([]);
  });

  describe("gives the lines of Kafka's own tools", () => {
    const linesOf = (planted: Planted, rule: string): string[] => {
      const commands = sweep(planted).findings.find((one) => one.rule === rule)?.evidence.commands;
      return typeof commands === "string" ? commands.split("\n") : [];
    };
    const CONNECT = '--bootstrap-server "$BOOTSTRAP" --command-config admin.properties';

    it("that narrow a wide rule to what is the tenant's own, before they take it away", () => {
      expect(linesOf(withRule("allow zeta alter-configs topic *"), "isolation.acl-too-wide")).toEqual([
        `kafka-acls.sh ${CONNECT} --add --allow-principal User:zeta --operation AlterConfigs --topic zeta. --resource-pattern-type prefixed`,
        `kafka-acls.sh ${CONNECT} --remove --allow-principal User:zeta --operation AlterConfigs --topic '*'`,
      ]);
    });

    it("that only take away what covers nothing of its own, or is nobody's", () => {
      const remove = `kafka-acls.sh ${CONNECT} --remove --allow-principal`;
      expect(linesOf(withRule("allow zeta read topic acme prefixed"), "isolation.acl-too-wide")).toEqual([
        `${remove} User:zeta --operation Read --topic acme --resource-pattern-type prefixed`,
      ]);
      expect(linesOf(withRule("allow ghost read topic *"), "isolation.shared-principal")).toEqual([
        `${remove} User:ghost --operation Read --topic '*'`,
      ]);
    });

    it("for every topic on which a setting loses records", () => {
      expect(linesOf({ cluster: { configs: configs({ "min.insync.replicas": "1" }) } }, "durability.min-isr")).toEqual(
        TOPICS.map(
          (topic) => `kafka-configs.sh ${CONNECT} --alter --entity-type topics --entity-name ${topic} --add-config min.insync.replicas=2`,
        ),
      );
    });

    it("for a quota that never applies", () => {
      const quotas = [
        ...["acme", "zeta", "p1", "p2"].map((user) => rule({ user }, 1000)),
        { entity: { user: "acme", clientId: null }, values: { producer_byte_rate: 1, consumer_byte_rate: 1 } },
      ];
      expect(linesOf({ cluster: { quotas } }, "fairness.shadowed-quota")).toEqual([
        `kafka-configs.sh ${CONNECT} --alter --entity-type users --entity-name acme --delete-config producer_byte_rate,consumer_byte_rate`,
      ]);
    });
  });

  describe("one name for several tenants", () => {
    const both = (more: object) => [
      tenant("acme", { topics: [{ prefix: "acme." }], principals: [{ kind: "scram", name: "acme" }], ...more }),
      tenant("zeta", { topics: [{ prefix: "zeta." }], principals: [{ kind: "scram", name: "zeta" }], ...more }),
      ...HEALTHY_TENANTS.slice(2),
    ];
    const told = (planted: Planted) =>
      sweep(planted)
        .findings.filter(({ rule: one }) => one === "isolation.shared-principal")
        .map(({ subject, evidence }) => [subject, evidence.affects]);
    const PAIR = both({ principals: [{ kind: "scram", name: "pair" }] });

    it("is found, be it a principal or a client-id", () => {
      expect(told({ tenants: PAIR })).toEqual([["principal pair", "acme zeta"]]);
      expect(told({ tenants: both({ clientIds: ["app"] }) })).toEqual([["client-id app", "acme zeta"]]);
    });

    it("is none where it is declared a service", () => {
      const services: Registry["services"] = [...SERVICES, { cluster: "c1", principal: { kind: "scram", name: "pair" }, role: "service" }];
      expect(told({ tenants: PAIR, services })).toEqual([]);
    });
  });

  it("tells of one principal once, whatever the number of its rules", () => {
    expect(words(withRule("allow zeta read topic *", "allow zeta write topic *", "allow zeta read topic acme.orders"))).toHaveLength(1);
  });

  it("does not call members idle that have partitions, whatever the group has committed to", () => {
    const busy = { ...SAMPLE, members: new Map([["acme.billing", { members: 9, idle: 0 }]]) };
    expect(words({ sample: busy })).toEqual([]);
    const untold = sweep({ sample: { ...SAMPLE, members: new Map([["acme.billing", { members: 9, idle: null }]]) } });
    expect(untold.findings[0]?.sentence).toMatch(/9\smembers for 3\spartitions: 6 of them read nothing/);
  });

  it("tells partitions without a leader from those that are behind, and how many each tenant has", () => {
    const { metadata } = cluster({ topics: TOPICS });
    const behind = withReplicas(3, 2);
    const topics = new Map(behind?.topics);
    const leaderless = withReplicas(3, 3, null)?.topics.get("zeta.clicks");
    if (metadata === null || leaderless === undefined) throw new Error("no metadata");
    topics.set("zeta.clicks", leaderless);
    const found = sweep({ cluster: { metadata: { ...metadata, topics } } }).findings.filter(
      ({ rule: one }) => one === "durability.partitions",
    );
    expect(found.map(({ severity, evidence }) => [severity, evidence.names])).toEqual([
      ["danger", "zeta.clicks"],
      ["warn", "acme.orders, acme.events, pool.all"],
    ]);
    expect(found[1]?.evidence.byTenant).toBe("acme 6, p1 3, p2 3");
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
    ["SCRAM users that were not read", { cluster: { scramUsers: null } }, "security.unowned-user"],
    ["what a partition carries", { tier: { produceBytesPerSecond: 1 } }, "parallelism.partition-cap"],
    ["no sample yet", { sample: null }, "parallelism.idle-members"],
    ["brokers that are not reached", { connection: null }, "partitioning.partition-per-tenant"],
  ])("is said: %s", (_what, planted, unseen) => expect(unseenOf(planted)).toContain(unseen));

  it("is everything, before the cluster was read", () => {
    expect(unseenOf({ cluster: { metadata: null } })).toEqual(POSTURE_RULES);
  });

  it("is said in part: other listeners than the console's, and what IAM decides beside ACLs", () => {
    expect(Object.keys(sweep().partly)).toEqual(expect.arrayContaining(["security.unauthenticated", "security.plaintext"]));
    const also = mskFacts({}, { authentication: { scram: true, iam: true, tls: false, unauthenticated: false } });
    const { partly, unseen } = sweep({ cluster: { msk: also } });
    expect(partly["isolation.acl-too-wide"]).toMatch(/IAM/);
    expect(unseen["isolation.acl-too-wide"]).toBeUndefined();
    expect(Object.keys(partly)).not.toContain("security.plaintext");
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

  describe("a key that is promised to a silo", () => {
    const silo = [{ ...tenant("acme", { model: "silo", topics: [{ prefix: "acme." }] }), requirements: { ownEncryptionKey: true } }];
    const arn = mskFacts().cluster.kmsKeyArn ?? "";
    const key = (manager: "aws" | "customer") => ({ arn, manager, state: "Enabled" });
    const swept = (facts: Parameters<typeof mskFacts>[0]) => {
      const { findings, unseen } = sweep({ ...msk({}, facts), tenants: silo });
      return { found: findings.filter(({ rule: one }) => one === "security.no-own-key"), unseen: unseen["security.no-own-key"] };
    };

    it("and is AWS's own is found, with the key and who manages it", () => {
      const { found, unseen } = swept({ key: key("aws") });
      expect(found).toMatchObject([{ severity: "danger", tenantId: "acme", evidence: { kmsKeyArn: arn, keyManager: "aws" } }]);
      expect(found[0]?.sentence).toContain("alias/aws/kafka");
      expect(unseen).toBeUndefined();
    });

    it("and is a customer's is silence, which is not so where KMS does not tell", () => {
      expect(swept({ key: key("customer") })).toEqual({ found: [], unseen: undefined });
      expect(swept({ key: null })).toEqual({ found: [], unseen: expect.stringContaining("Cannot see whether the key is yours") });
    });
  });

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
