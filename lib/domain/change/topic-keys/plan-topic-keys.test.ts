import { describe, expect, test } from "vitest";
import { planChange } from "@/lib/domain/change/plan-change";
import { acme, type CastSpec, DAY, days, override, planCast, type Retention, TOPICS, topic } from "@/lib/domain/change/testing/cast";
import { planFacts } from "@/lib/domain/change/testing/plan-facts";
import { left, refused, said, written } from "@/lib/domain/change/testing/said";
import type { Problem } from "@/lib/domain/facts";
import { tenant } from "@/lib/domain/testing/cluster-fixture";

describe("what is written", () => {
  test.each<[string, Retention, CastSpec, string[]]>([
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
    const operations = planCast(request, given).operations.filter(({ target }) => target.kind !== "override");
    expect(written({ operations })).toEqual(expected);
  });

  test("says what it falls back to, and is carried out with its tenant or its topic", () => {
    const own = planCast({ scope: topic("acme.b"), retentionMs: 1 * DAY }).operations.find(({ target }) => target.kind === "topic-config");
    const [shared] = planCast({ scope: topic("pool.a"), retentionMs: 1 * DAY }).operations;
    const [stray] = planCast({ scope: topic("stray"), retentionMs: 1 * DAY }).operations;
    expect(own).toMatchObject({ unit: "tenant:acme", inherited: { value: days(7), source: "default" } });
    expect([shared?.unit, stray?.unit]).toEqual(["topic:c1/pool.a", "topic:c1/stray"]);
  });

  test("says where a declared value is from", () => {
    const notes = (given: CastSpec) => planCast({ scope: topic("acme.a"), retentionMs: "tier" }, given).operations.map(({ note }) => note);
    expect(notes({})).toEqual(["Gold default"]);
    expect(notes({ overrides: { acme: [override(5 * DAY)] } })).toEqual(["Override: r"]);
  });

  test("is only declared where it is there already", () => {
    const found = planCast({ scope: topic("acme.a"), retentionMs: 7 * DAY });
    expect(found.operations.map(({ target }) => target.kind)).toEqual(["override"]);
    expect(said(found, "fine")).toEqual([
      "Nothing is written to Kafka: the topics have this value already, and only what is declared changes.",
    ]);
  });

  test("is declared where one tenant has the topic", () => {
    const declares = (request: Retention, given: CastSpec = {}) =>
      written(planCast(request, given)).filter((line) => line.includes("override"));
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
    const found = planCast({ scope: acme, retentionMs: DAY }, { cluster });
    expect(left(found)).toEqual(["acme.b: Its retention.ms could not be read: Topic authorization failed."]);
    expect(written(found)).toContainEqual(`tighten acme.a retention.ms ${days(7)} → ${days(1)}`);
    // Not all topics are known to have the value: it is declared for the one that has it.
    expect(found.operations.find(({ target }) => target.kind === "override")?.target).toMatchObject({
      on: { cluster: "c1", topic: "acme.a" },
    });
  });

  test("is refused by name", () => {
    expect(refused(planCast({ scope: topic("acme.b"), retentionMs: DAY }, { cluster }))).toEqual([
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
])("the title for %s", (_, request, expected) => expect(planCast(request).title.replaceAll("\u00a0", " ")).toBe(expected));
