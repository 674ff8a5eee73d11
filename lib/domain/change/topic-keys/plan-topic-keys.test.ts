import { describe, expect, test } from "vitest";
import type { Plan } from "@/lib/domain/change/plan";
import { planChange } from "@/lib/domain/change/plan-change";
import type { ChangeRequest } from "@/lib/domain/change/request";
import type { PlanClusterSpec } from "@/lib/domain/change/testing/cluster-facts";
import { planFacts, tier } from "@/lib/domain/change/testing/plan-facts";
import { left, refused, said, written } from "@/lib/domain/change/testing/said";
import type { Problem } from "@/lib/domain/facts";
import { AT, poolTenant, tenant } from "@/lib/domain/testing/cluster-fixture";

const DAY = 86_400_000;
const GOLD = tier({ retentionMs: { default: 3 * DAY, max: 14 * DAY }, maxMessageBytes: { default: 1_000_000, max: 4_000_000 } });
const BASIC = tier({ id: "basic", name: "Basic" });
const days = (count: number) => String(count * DAY);

type Retention = Omit<Extract<ChangeRequest, { kind: "retention" }>, "kind">;

interface Given {
  overrides?: Record<string, object[]>;
  cluster?: PlanClusterSpec;
}

const TOPICS = {
  "acme.a": { own: { "retention.ms": days(7) } },
  "acme.b": {},
  "low.a": { own: { "retention.ms": days(7) } },
  "pool.a": {},
  stray: {},
  __consumer_offsets: {},
};

function plan(request: Retention, { overrides = {}, cluster = {} }: Given = {}): Plan {
  const low = { ...tenant("low"), tier: "basic" };
  const tenants = [tenant("acme"), low, poolTenant("p1"), poolTenant("p2"), tenant("idle")];
  const facts = planFacts({
    tiers: [GOLD, BASIC],
    tenants: tenants.map((one) => ({ ...one, ...(one.id in overrides ? { overrides: overrides[one.id] } : {}) })) as typeof tenants,
    clusters: { c1: { topics: TOPICS, ...cluster } },
  });
  return planChange({ kind: "retention", ...request }, facts);
}

const acme = { tenantIds: ["acme"] };
const topic = (...names: string[]) => ({ topics: names.map((name) => ({ clusterId: "c1", topic: name })) });
const override = (value: number | null, more: object = {}) => ({
  setting: "retentionMs",
  value,
  reason: "r",
  author: "x",
  at: AT,
  ...more,
});

describe("what is written", () => {
  test.each<[string, Retention, Given, string[]]>([
    [
      "shorter tightens, longer loosens",
      { scope: acme, retentionMs: 5 * DAY },
      {},
      [`tighten acme.a retention.ms ${days(7)} → ${days(5)}`, `tighten acme.b retention.ms null → ${days(5)}`],
    ],
    ["unlimited", { scope: topic("acme.a"), retentionMs: "unlimited" }, {}, [`loosen acme.a retention.ms ${days(7)} → -1`]],
    [
      "a value taken away",
      { scope: acme, retentionMs: null },
      { cluster: { brokerConfigs: { "log.retention.ms": days(9) } } },
      [`loosen acme.a retention.ms ${days(7)} → null`],
    ],
    [
      "a value taken away for a shorter one",
      { scope: acme, retentionMs: null },
      { cluster: { brokerConfigs: { "log.retention.ms": days(1) } } },
      [`tighten acme.a retention.ms ${days(7)} → null`],
    ],
    ["sizes", { scope: topic("acme.a"), retentionBytes: 5000 }, {}, ["tighten acme.a retention.bytes null → 5000"]],
    [
      "both",
      { scope: topic("acme.a"), retentionMs: 9 * DAY, retentionBytes: 5000 },
      {},
      [`loosen acme.a retention.ms ${days(7)} → ${days(9)}`, "tighten acme.a retention.bytes null → 5000"],
    ],
    [
      "what the tier declares",
      { scope: acme, retentionMs: "tier" },
      {},
      [`tighten acme.a retention.ms ${days(7)} → ${days(3)}`, `tighten acme.b retention.ms null → ${days(3)}`],
    ],
    [
      "what an override declares",
      { scope: acme, retentionMs: "tier" },
      { overrides: { acme: [override(5 * DAY)] } },
      [`tighten acme.a retention.ms ${days(7)} → ${days(5)}`, `tighten acme.b retention.ms null → ${days(5)}`],
    ],
    [
      "not what counts already, if only because the broker has it",
      { scope: acme, retentionMs: "tier" },
      { cluster: { brokerConfigs: { "log.retention.ms": days(3) } } },
      [`tighten acme.a retention.ms ${days(7)} → ${days(3)}`],
    ],
    [
      "a value of a topic's own, although the broker has the same",
      { scope: topic("acme.b"), retentionMs: 7 * DAY },
      {},
      [`loosen acme.b retention.ms null → ${days(7)}`],
    ],
    ["all of a tier", { scope: { tierId: "basic" }, retentionMs: 1 * DAY }, {}, [`tighten low.a retention.ms ${days(7)} → ${days(1)}`]],
    [
      "a topic that several share, by name",
      { scope: topic("pool.a"), retentionMs: 1 * DAY },
      {},
      [`tighten pool.a retention.ms null → ${days(1)}`],
    ],
  ])("%s", (_, request, given, expected) => {
    const operations = plan(request, given).operations.filter(({ target }) => target.kind !== "override");
    expect(written({ operations })).toEqual(expected);
  });

  test("says what it falls back to, and is carried out with its tenant or its topic", () => {
    const own = plan({ scope: topic("acme.b"), retentionMs: 1 * DAY }).operations.find(({ target }) => target.kind === "topic-config");
    const [shared] = plan({ scope: topic("pool.a"), retentionMs: 1 * DAY }).operations;
    const [stray] = plan({ scope: topic("stray"), retentionMs: 1 * DAY }).operations;
    expect(own).toMatchObject({ unit: "tenant:acme", inherited: { value: days(7), source: "default" } });
    expect([shared?.unit, stray?.unit]).toEqual(["topic:c1/pool.a", "topic:c1/stray"]);
  });

  test("says where a declared value is from", () => {
    const notes = (given: Given) => plan({ scope: topic("acme.a"), retentionMs: "tier" }, given).operations.map(({ note }) => note);
    expect(notes({})).toEqual(["Gold default"]);
    expect(notes({ overrides: { acme: [override(5 * DAY)] } })).toEqual(["Override: r"]);
  });

  test("is only declared where it is there already", () => {
    const found = plan({ scope: topic("acme.a"), retentionMs: 7 * DAY });
    expect(found.operations.map(({ target }) => target.kind)).toEqual(["override"]);
    expect(said(found, "fine")).toEqual([
      "Nothing is written to Kafka: the topics have this value already, and only what is declared changes.",
    ]);
  });

  test("is declared where one tenant has the topic", () => {
    const declares = (request: Retention, given: Given = {}) => written(plan(request, given)).filter((line) => line.includes("override"));
    expect(declares({ scope: acme, retentionMs: 5 * DAY })).toEqual([
      expect.stringContaining('{"kind":"override","tenantId":"acme","setting":"retentionMs"} null'),
    ]);
    expect(declares({ scope: topic("acme.a", "acme.b"), retentionMs: 5 * DAY })).toHaveLength(2);
    expect(declares({ scope: acme, retentionMs: 3 * DAY })).toEqual([]);
    expect(declares({ scope: acme, retentionMs: 3 * DAY }, { overrides: { acme: [override(5 * DAY)] } })).toEqual([
      expect.stringMatching(/→ null$/),
    ]);
    expect(declares({ scope: acme, retentionMs: "tier" }, { overrides: { acme: [override(5 * DAY)] } })).toEqual([]);
    const ending = override(5 * DAY, { until: "2027-01-01T00:00:00.000Z", atEnd: "report" });
    expect(declares({ scope: acme, retentionMs: "tier" }, { overrides: { acme: [ending] } })).toEqual([]);
    expect(declares({ scope: topic("pool.a", "stray"), retentionMs: 5 * DAY })).toEqual([]);
    // The tier says nothing of sizes, so a size is declared; no value of its own needs no declaration.
    expect(declares({ scope: acme, retentionBytes: 5000 })).toHaveLength(1);
    expect(declares({ scope: acme, retentionBytes: null })).toEqual([]);
    // Without a value of its own a topic has what the broker has, which the tier does not declare.
    expect(declares({ scope: acme, retentionMs: null })).toEqual([expect.stringContaining('"value":null')]);
  });
});

describe("what is refused", () => {
  test.each<[string, Retention, Given, string[]]>([
    [
      "more than the tier allows",
      { scope: acme, retentionMs: 15 * DAY },
      {},
      ["retentionMs: Retention 15 days is asked for; Gold allows 14 days at the most."],
    ],
    [
      "unlimited under a bound",
      { scope: acme, retentionMs: "unlimited" },
      {},
      ["retentionMs: Retention unlimited is asked for; Gold allows 14 days at the most."],
    ],
    [
      "more than the tier allows, from the broker",
      { scope: acme, retentionMs: null },
      { cluster: { brokerConfigs: { "log.retention.ms": days(20) } } },
      ["retentionMs: Without a value of its own the retention would be 20 days; Gold allows 14 days at the most."],
    ],
    ["the bound itself is allowed", { scope: acme, retentionMs: 14 * DAY }, {}, []],
    ["a tier without a bound", { scope: { tenantIds: ["low"] }, retentionMs: "unlimited" }, {}, []],
    ["a shared topic has no bound", { scope: topic("pool.a"), retentionMs: 99 * DAY }, {}, []],
    ["what was declared before the bound", { scope: acme, retentionMs: "tier" }, { overrides: { acme: [override(20 * DAY)] } }, []],
    ["a tenant that is not there", { scope: { tenantIds: ["gone"] }, retentionMs: DAY }, {}, ['tenantIds: There is no tenant "gone".']],
    ["a topic that is not there", { scope: topic("acme.gone"), retentionMs: DAY }, {}, ['topics: There is no topic "acme.gone" on c1.']],
    [
      "a cluster that is not there",
      { scope: { topics: [{ clusterId: "c9", topic: "acme.a" }] }, retentionMs: DAY },
      {},
      ['topics: There is no cluster "c9".'],
    ],
    [
      "a topic of Kafka's own",
      { scope: topic("__consumer_offsets"), retentionMs: DAY },
      {},
      ["topics: __consumer_offsets is Kafka's own topic: its settings are the brokers' business."],
    ],
    [
      "a tier where there is none",
      { scope: topic("pool.a"), retentionMs: "tier" },
      {},
      ["retentionMs: pool.a: It belongs to 2 tenants, so no tier declares its retention."],
    ],
    [
      "an end that is over",
      { scope: acme, retentionMs: DAY, until: "2026-01-01T00:00:00.000Z" },
      {},
      ["until: 2026-01-01T00:00:00.000Z is over already."],
    ],
    [
      "an end of what the tier declares itself",
      { scope: acme, retentionMs: 3 * DAY, until: "2027-01-01T00:00:00.000Z" },
      {},
      ["until: The tier declares this retention itself, so nothing is declared that could end."],
    ],
    [
      "an end where nothing is declared",
      { scope: topic("pool.a"), retentionMs: DAY, until: "2027-01-01T00:00:00.000Z" },
      {},
      ["until: Topics that no tenant or several tenants use have no override, so there is nothing that could end."],
    ],
    ["an end of an override is none", { scope: acme, retentionMs: 5 * DAY, until: "2027-01-01T00:00:00.000Z" }, {}, []],
  ])("%s", (_, request, given, expected) => expect(refused(plan(request, given))).toEqual(expected));

  test("one refusal for a tier, however many of its tenants", () => {
    const tenants = ["a1", "a2", "a3"].map((id) => tenant(id));
    const facts = planFacts({ tiers: [GOLD], tenants, clusters: { c1: { topics: { "a1.x": {}, "a2.x": {}, "a3.x": {} } } } });
    const found = planChange({ kind: "retention", scope: { tierId: "gold" }, retentionMs: 15 * DAY }, facts);
    expect(refused(found)).toEqual(["retentionMs: Retention 15 days is asked for (3 tenants); Gold allows 14 days at the most."]);
    expect(found.refusals[0]).toMatchObject({
      wayOut: expect.stringContaining("An override cannot pass the bound"),
      link: { href: "/tiers/gold" },
    });
  });

  test("more overrides than a tenant's record holds", () => {
    const names = Array.from({ length: 201 }, (_, index) => `acme.${index}`);
    const facts = planFacts({
      tenants: [tenant("acme")],
      clusters: { c1: { topics: Object.fromEntries(names.map((name) => [name, {}])) } },
    });
    const request = { kind: "retention", scope: topic(...names.slice(0, 201)), retentionMs: DAY } as const;
    expect(refused(planChange(request, facts))).toEqual(["scope: acme would have 201 overrides; 200 are the most."]);
    expect(refused(planChange({ ...request, scope: acme }, facts))).toEqual([]);
  });
});

describe("what cannot be read", () => {
  const problem: Problem = {
    code: "forbidden",
    operation: "DescribeConfigs",
    message: "Topic authorization failed.",
    remedy: "Allow it.",
    resource: "acme.b",
  };
  const cluster = { topics: { ...TOPICS, "acme.b": { own: null } }, problems: [problem] };

  test("is left out of a tenant's topics, with the reason", () => {
    const found = plan({ scope: acme, retentionMs: DAY }, { cluster });
    expect(left(found)).toEqual(["acme.b: Its retention.ms could not be read: Topic authorization failed."]);
    expect(written(found)).toContainEqual(`tighten acme.a retention.ms ${days(7)} → ${days(1)}`);
    // Not all topics are known to have the value: it is declared for the one that has it.
    expect(found.operations.find(({ target }) => target.kind === "override")?.target).toMatchObject({
      on: { cluster: "c1", topic: "acme.a" },
    });
  });

  test("is refused by name", () => {
    expect(refused(plan({ scope: topic("acme.b"), retentionMs: DAY }, { cluster }))).toEqual([
      "null: acme.b: Its retention.ms could not be read: Topic authorization failed.",
    ]);
  });

  test("MSK's API does not tell whose a value is: it is written over, and not taken away", () => {
    const facts = planFacts({ tenants: [tenant("acme")], clusters: { c1: { topics: { "acme.a": {} }, topicsBy: { by: "msk" } } } });
    const told = [{ name: "retention.ms", value: days(7), source: "unknown" as const, readOnly: false, sensitive: false, synonyms: [] }];
    const c1 = facts.clusters.get("c1");
    if (c1 === undefined) throw new Error("no cluster");
    const clusters = new Map([["c1", { ...c1, configs: new Map([["acme.a", told]]) }]]);
    const request = { kind: "retention", scope: topic("acme.a") } as const;
    const shorter = planChange({ ...request, retentionMs: DAY }, { ...facts, clusters });
    expect(written(shorter)).toContain(`tighten acme.a retention.ms ${days(7)} → ${days(1)}`);
    expect(shorter.means).toContain("MSK UpdateTopic");
    expect(refused(planChange({ ...request, retentionMs: null }, { ...facts, clusters }))).toEqual([
      "retentionMs: acme.a: MSK's API does not tell whether its retention.ms is a value of its own, so none can be taken away.",
    ]);
  });
});

describe("what is left out", () => {
  test.each<[string, Retention, string[]]>([
    [
      "what a tenant shares with others",
      { scope: { tenantIds: ["p1"] }, retentionMs: DAY },
      [
        "p1: One of its topics holds records of other tenants too, so their settings are not this tenant's. They are changed on the topic's page.",
      ],
    ],
    ["a tenant without topics", { scope: { tenantIds: ["idle"] }, retentionMs: DAY }, ["idle: No topic of its own can be seen."]],
    [
      "a tenant whose tier says nothing, once",
      { scope: { tenantIds: ["low"] }, retentionMs: "tier" },
      ["low: Basic declares no retention."],
    ],
  ])("%s", (_, request, expected) => {
    const found = plan(request);
    expect(left(found)).toEqual(expected);
    expect(found.operations).toEqual([]);
    expect(said(found, "fine")).toEqual(["Nothing is left to change."]);
  });

  test("a topic that an override leaves to the cluster", () => {
    expect(left(plan({ scope: acme, retentionMs: "tier" }, { overrides: { acme: [override(null)] } }))).toEqual([
      "acme.a: An override leaves its retention to the cluster.",
      "acme.b: An override leaves its retention to the cluster.",
    ]);
  });
});

describe("what is said of declarations and of others", () => {
  test.each<[string, Retention, Given, "note" | "fine" | "breach", string]>([
    [
      "an override that begins",
      { scope: acme, retentionMs: 5 * DAY },
      {},
      "note",
      "Gold declares 3 days; 5 days is declared for acme as an override.",
    ],
    [
      "an override that ends",
      { scope: acme, retentionMs: 3 * DAY },
      { overrides: { acme: [override(5 * DAY)] } },
      "fine",
      "Back to the Gold default: the override of 2026-11-23 (“r”) ends.",
    ],
    [
      "what the broker has",
      { scope: acme, retentionMs: null },
      {},
      "note",
      "On acme.a the brokers' retention then counts, 7 days now, and follows when that is changed.",
    ],
    ["everybody in a shared topic", { scope: topic("pool.a"), retentionMs: 5 * DAY }, {}, "note", "pool.a touches 2 tenants: p1 and p2."],
    [
      "a promise to those in a shared topic",
      { scope: topic("pool.a"), retentionMs: 1 * DAY },
      {},
      "breach",
      "2 tenants of pool.a are promised more retention than 1 day: p1 and p2.",
    ],
    [
      "nobody",
      { scope: topic("stray"), retentionMs: DAY },
      {},
      "note",
      "stray belongs to no tenant that is known here; whoever uses it is touched.",
    ],
  ])("%s", (_, request, given, kind, sentence) => expect(said(plan(request, given), kind)).toContain(sentence));

  test("a promise that is kept is no breach", () => {
    expect(said(plan({ scope: topic("pool.a"), retentionMs: 3 * DAY }), "breach")).toEqual([]);
  });

  test("the first ten of many by name, and how many more", () => {
    const tenants = Array.from({ length: 12 }, (_, index) => poolTenant(`p${String(index).padStart(2, "0")}`));
    const facts = planFacts({ tenants, clusters: { c1: { topics: { "pool.a": {} } } } });
    const found = planChange({ kind: "retention", scope: topic("pool.a"), retentionMs: DAY }, facts);
    expect(said(found, "note")).toContain("pool.a touches 12 tenants: p00, p01, p02, p03, p04, p05, p06, p07, p08, p09 and 2 more.");
  });

  test("the first ten of many shared topics, and how many more", () => {
    const names = Array.from({ length: 12 }, (_, index) => `pool.${String(index).padStart(2, "0")}`);
    const topics = Object.fromEntries(names.map((name) => [name, {}]));
    const facts = planFacts({ tiers: [GOLD], tenants: [poolTenant("p1"), poolTenant("p2")], clusters: { c1: { topics } } });
    const found = planChange({ kind: "retention", scope: topic(...names), retentionMs: DAY }, facts);
    expect(said(found, "note").filter((sentence) => sentence.includes("touches"))).toHaveLength(10);
    expect(said(found, "note")).toContain("2 more topics are not one tenant's alone.");
    expect(said(found, "breach")).toHaveLength(11);
    expect(said(found, "breach")).toContain("2 more shared topics fall below what is promised.");
  });

  test("until when an override holds, and what then", () => {
    const until = { until: "2027-01-01T00:00:00.000Z" };
    const ends = (request: Retention) => plan(request).consequences.find(({ sentence }) => sentence.includes("as an override"))?.detail;
    expect(ends({ scope: acme, retentionMs: 5 * DAY, ...until })).toBe(
      "It ends on 2027-01-01 00:00 UTC: it is then reported, and the value stays until somebody changes it.",
    );
    expect(ends({ scope: acme, retentionMs: 5 * DAY, ...until, atEnd: "take-back" })).toBe(
      "It ends on 2027-01-01 00:00 UTC: a change then takes it back.",
    );
    expect(ends({ scope: acme, retentionMs: 5 * DAY })).toBeNull();
  });
});

test.each<[string, Retention, string]>([
  ["one topic", { scope: topic("acme.a"), retentionMs: DAY }, "Set retention to 1 day on acme.a"],
  ["several", { scope: acme, retentionMs: 3 * DAY }, "Set retention to 3 days on 2 topics"],
  [
    "both limits",
    { scope: acme, retentionMs: DAY, retentionBytes: 5_000_000 },
    "Set retention to 1 day and set retention size to 5 MB a partition on 2 topics",
  ],
  ["what is declared", { scope: acme, retentionMs: "tier" }, "Set the declared retention on 2 topics"],
  ["no value", { scope: acme, retentionMs: null }, "Take away the own retention on acme.a"],
])("the title for %s", (_, request, expected) => expect(plan(request).title.replaceAll("\u00a0", " ")).toBe(expected));
