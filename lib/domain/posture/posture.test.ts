import { describe, expect, it } from "vitest";
import { AT_MS, cluster, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { affectedIn } from "./affected";
import {
  ACLS,
  acl,
  configs,
  DAY,
  entry,
  forgetful,
  HEALTHY_TENANTS,
  keyed,
  notSvc,
  type Planted,
  POOLED,
  partsWith,
  SAMPLE,
  sampled,
  single,
  sweep,
  TOPICS,
  withReplicas,
  withRule,
  words,
} from "./testing/planted";

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

it("reads no clock of its own", () => expect(sweep().at).toBe(new Date(AT_MS).toISOString()));
