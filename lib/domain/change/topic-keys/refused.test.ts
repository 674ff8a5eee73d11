import { describe, expect, test } from "vitest";
import { planChange } from "@/lib/domain/change/plan-change";
import { acme, type CastSpec, DAY, days, GOLD, override, planCast, type Retention, topic } from "@/lib/domain/change/testing/cast";
import { planFacts } from "@/lib/domain/change/testing/plan-facts";
import { left, refused, said } from "@/lib/domain/change/testing/said";
import { tenant } from "@/lib/domain/testing/cluster-fixture";

describe("what is refused", () => {
  test.each<[string, Retention, CastSpec, string[]]>([
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
  ])("%s", (_, request, given, expected) => expect(refused(planCast(request, given))).toEqual(expected));

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
    const found = planCast(request);
    expect(left(found)).toEqual(expected);
    expect(found.operations).toEqual([]);
    expect(said(found, "fine")).toEqual(["Nothing is left to change."]);
  });

  test("a topic that an override leaves to the cluster", () => {
    expect(left(planCast({ scope: acme, retentionMs: "tier" }, { overrides: { acme: [override(null)] } }))).toEqual([
      "acme.a: An override leaves its retention to the cluster.",
      "acme.b: An override leaves its retention to the cluster.",
    ]);
  });
});
