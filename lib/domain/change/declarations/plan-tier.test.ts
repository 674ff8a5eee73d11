import { describe, expect, it, test } from "vitest";
import type { RequestOf } from "@/lib/domain/change/request";
import { applyTo } from "@/lib/domain/change/testing/apply-to";
import { pastHours } from "@/lib/domain/change/testing/past-hours";
import { tier } from "@/lib/domain/change/testing/plan-facts";
import {
  DAY,
  GOLDEN,
  GOLDEN_RULE,
  goldenCluster,
  goldenFacts,
  override,
  plain,
  SILVER,
  told,
} from "@/lib/domain/change/testing/quota-facts";
import { tenant } from "@/lib/domain/testing/cluster-fixture";
import type { Tier } from "@/lib/domain/tier";

const ask = (given: Partial<RequestOf<"tier">> = {}): RequestOf<"tier"> => ({
  kind: "tier",
  scope: { tenantIds: ["kestrel"] },
  tierId: "silver",
  dropOverrides: [],
  ...given,
});

const DOWN = [
  "user kestrel request_percentage: 100 → null",
  'tenant-tier of kestrel: "gold" → "silver"',
  "user kestrel producer_byte_rate: 50000 → 25000",
  "user kestrel consumer_byte_rate: 100000 → 50000",
];
const withTopic = (own: Record<string, string>, more: object = {}) => ({
  c1: { ...goldenCluster(), topics: { "kestrel.scans": { own, ...more } } },
});
const kestrel = (...overrides: object[]) => ({ ...tenant("kestrel"), name: "Kestrel", overrides: overrides.map(override) });

describe("another tier", () => {
  it("brings rules and topics to what it declares, in one change and in a safe order", () => {
    const { operations, plan, title, refusals } = told(ask(), goldenFacts());
    expect(title).toBe("Put Kestrel on Silver");
    expect(operations).toEqual([...DOWN, "kestrel.scans retention.ms: 259200000 → 172800000"]);
    expect(plan.operations.map(({ phase }) => phase)).toEqual(["loosen", "declare", "tighten", "tighten", "tighten"]);
    expect(new Set(plan.operations.map(({ unit }) => unit))).toEqual(new Set(["tenant:kestrel"]));
    expect(plan.operations.map(({ note }) => plain(note))).toEqual([
      "",
      "",
      "Silver: 60 kB/s × 1.25 / 3 brokers = 25 kB/s a broker",
      "Silver: 120 kB/s × 1.25 / 3 brokers = 50 kB/s a broker",
      "Silver default",
    ]);
    expect(refusals).toEqual([]);
  });

  it("leaves nothing to do and no drift once it is carried out", () => {
    const facts = goldenFacts();
    const then = applyTo(facts, told(ask(), facts).plan.operations);
    expect(told(ask(), then).operations).toEqual([]);
    expect(told({ kind: "bring-back", scope: { tenantIds: ["kestrel"] } }, then).operations).toEqual([]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    [
      "that has what the old tier declares follows",
      { "retention.ms": String(3 * DAY) },
      ["kestrel.scans retention.ms: 259200000 → 172800000"],
    ],
    ["that differs already is left alone", { "retention.ms": String(9 * DAY) }, []],
    ["that has the new value already needs nothing", { "retention.ms": String(2 * DAY) }, []],
    ["that is only compacted keeps what it has", { "retention.ms": String(3 * DAY), "cleanup.policy": "compact" }, []],
  ])("a topic %s", (_what, own, expected) => {
    const { operations } = told(ask(), goldenFacts({ clusters: withTopic(own) }));
    expect(operations.filter((one) => one.startsWith("kestrel."))).toEqual(expected);
  });

  it("says of topics that are left alone that they drift, and what could not be read", () => {
    const drifted = told(ask(), goldenFacts({ clusters: withTopic({ "retention.ms": String(9 * DAY) }) }));
    expect(drifted.leftOut).toEqual([
      "What differs from what was declared already stays as it is, and shows as drift: kestrel.scans (9 days).",
    ]);
    const unread = told(ask(), goldenFacts({ clusters: { c1: { ...goldenCluster(), topics: { "kestrel.scans": { own: null } } } } }));
    expect(unread.leftOut).toEqual(["The configuration of kestrel.scans could not be read. Try again in a moment."]);
  });

  it("of which nothing is declared for a key follows the first that declares it", () => {
    const plainGold = tier({ ...GOLDEN, retentionMs: undefined });
    const facts = goldenFacts({ tiers: [plainGold, SILVER], clusters: withTopic({ "retention.ms": String(9 * DAY) }) });
    expect(told(ask(), facts).operations).toContain("kestrel.scans retention.ms: 777600000 → 172800000");
  });

  it("tells what is deleted and lost, as the form for retention does", () => {
    const clusters = {
      c1: {
        ...goldenCluster(),
        topics: {
          "kestrel.scans": {
            own: { "retention.ms": String(3 * DAY) },
            history: [
              [3 * DAY, 0],
              [0, 1_000],
            ] as const,
          },
        },
        groups: { "kestrel.archive": { behind: { "kestrel.scans": 900 } } },
      },
    };
    const { plan, has } = told(ask(), goldenFacts({ clusters }));
    expect(has(/^loss: kestrel.archive loses up to .* it has not read/)).toBe(true);
    expect(plan.confirm).toEqual({ reasonRequired: true, typeName: "kestrel" });
    expect(plan.operations.find(({ target }) => target.kind === "topic-config")?.deletesBytes).toBeDefined();
  });

  it.each<[string, Partial<RequestOf<"tier">>, Tier[], RegExp]>([
    ["that is not there", { tierId: "none" }, [GOLDEN, SILVER], /^There is no tier "none"/],
    ["that is archived", {}, [GOLDEN, { ...SILVER, archived: true }], /^Silver is archived: no tenant can be put on it/],
    [
      "with an override to drop that nobody has",
      { dropOverrides: ["retentionMs|||"] },
      [GOLDEN, SILVER],
      /^None of these tenants has the override/,
    ],
    ["for a tenant that is not there", { scope: { tenantIds: ["gone"] } }, [GOLDEN, SILVER], /^There is no tenant "gone"/],
  ])("%s is refused", (_what, given, tiers, reason) => {
    expect(told(ask(given), goldenFacts({ tiers })).refusals).toContainEqual(expect.stringMatching(reason));
  });

  it("that is archived keeps those that are on it", () => {
    const facts = goldenFacts({ tiers: [{ ...GOLDEN, archived: true }, SILVER] });
    expect(told(ask({ tierId: "gold" }), facts)).toMatchObject({ refusals: [], operations: [] });
  });
});

describe("overrides", () => {
  const own = { setting: "produceQuotaBytesPerSecond", value: 50_000 };
  const kept = { setting: "retentionMs", value: 3 * DAY };

  it.each<[string, RequestOf<"tier">["dropOverrides"], string[], string[]]>([
    ["stay, and what they declare stays", [], ["consumer_byte_rate"], []],
    [
      "are dropped one by one",
      ["produceQuotaBytesPerSecond|||"],
      ["producer_byte_rate", "consumer_byte_rate"],
      ["produceQuotaBytesPerSecond"],
    ],
    [
      "are dropped all at once",
      "all",
      ["producer_byte_rate", "consumer_byte_rate", "retention.ms"],
      ["produceQuotaBytesPerSecond", "retentionMs"],
    ],
  ])("%s", (_what, dropOverrides, tightened, ended) => {
    const facts = goldenFacts({ tenants: [kestrel(own, kept)] });
    const { plan } = told(ask({ dropOverrides }), facts);
    const keys = plan.operations.flatMap(({ target, phase }) => ("key" in target && phase === "tighten" ? [target.key] : []));
    expect(keys).toEqual(tightened);
    expect(plan.operations.flatMap(({ target, after }) => (target.kind === "override" && after === null ? [target.setting] : []))).toEqual(
      ended,
    );
    const then = applyTo(facts, plan.operations);
    expect(told(ask({ dropOverrides }), then)).toMatchObject({ operations: [], refusals: [] });
  });

  it("that stay are told, with what they declare", () => {
    const { plan } = told(ask(), goldenFacts({ tenants: [kestrel(own, kept)] }));
    const note = plan.consequences.find(({ sentence }) => sentence.includes("override"));
    expect([note?.sentence, plain(note?.detail)]).toEqual([
      "2 overrides of Kestrel stay in force.",
      "\u2068produce quota of each broker: 50 kB/s, by ada\u2069; \u2068retention time: 3 days, by ada\u2069",
    ]);
  });
});

describe("going down", () => {
  it("tells what no longer fits", () => {
    const small = { ...SILVER, partitions: { perTopicMax: 2, totalMax: 2 } };
    const facts = goldenFacts({
      tiers: [GOLDEN, small],
      clusters: withTopic({ "retention.ms": String(9 * DAY) }),
      pastHours: pastHours({ tenantId: "kestrel", produce: { 1: 40_000, 2: 30_000 } }),
    });
    const { consequences } = told(ask(), facts);
    for (const sentence of [
      /^throttles: Kestrel would have been throttled on broker 1 of c1 in 60 of the last 60 minutes/,
      /^note: Kestrel took up to 70\.0 kB\/s to produce in the last hour; 60 kB\/s are promised then\.$/,
      /^note: The retention of kestrel\.scans is above the 7 days that Silver allows\.$/,
      /^note: kestrel\.scans \(3 partitions\) has more than the 2 partitions a topic that Silver allows/,
      /^note: Kestrel has 3 partitions, and Silver allows 2/,
    ])
      expect(consequences).toContainEqual(expect.stringMatching(sentence));
  });

  it("is no breach: what is promised then is kept", () => {
    expect(told(ask(), goldenFacts()).has(/^breach/)).toBe(false);
  });

  it("sums rates of a minute over all clusters", () => {
    const two = tenant(
      "kestrel",
      { share: 0.5, topics: [{ prefix: "kestrel." }], principals: [{ kind: "scram", name: "kestrel" }] },
      { cluster: "c2", topics: [{ prefix: "kestrel." }], principals: [{ kind: "scram", name: "kestrel" }] },
    );
    const clusters = { c1: goldenCluster(), c2: goldenCluster() };
    const hours = pastHours(
      { tenantId: "kestrel", produce: { 1: 35_000 } },
      { tenantId: "kestrel", clusterId: "c2", produce: { 1: 35_000 } },
    );
    expect(told(ask(), goldenFacts({ tenants: [two], clusters, pastHours: hours })).has(/took up to 70\.0 kB\/s to produce/)).toBe(true);
  });
});

test("a tenant of another model is told that it stays where it is, and one without identity that it gets no rule", () => {
  const { operations, has } = told(ask({ scope: { tenantIds: ["alder"] } }), goldenFacts());
  expect(operations).toEqual(['tenant-tier of alder: "gold" → "silver"']);
  expect(has(/^note: Silver is meant for the bridge model; alder stays where it is: a change of tier moves no data\.$/)).toBe(true);
  expect(has(/^note: 1 tenant has no principal and no client-id of its own, so no quota follows: alder\.$/)).toBe(true);
});

test("a rule by hand of a key that neither tier declares is not touched", () => {
  const rules = [{ entity: { user: "kestrel" }, values: { ...GOLDEN_RULE, request_percentage: 40 } }];
  const plainGold = tier({ ...GOLDEN, requestPercent: undefined });
  const facts = goldenFacts({ tiers: [plainGold, SILVER], clusters: { c1: goldenCluster(rules) } });
  expect(told(ask(), facts).operations.join()).not.toContain("request_percentage");
});

test("many tenants are told in sums", () => {
  const many = Array.from({ length: 8 }, (_, i) => tenant(`t${i}`));
  const topics = Object.fromEntries(many.map(({ id }) => [`${id}.x`, { own: { "retention.ms": String(9 * DAY) } }]));
  const hours = pastHours(...many.map(({ id }) => ({ tenantId: id, produce: { 1: 70_000 } })));
  const { has, plan } = told(
    ask({ scope: { tierId: "gold" } }),
    goldenFacts({ tenants: many, clusters: { c1: { topics } }, pastHours: hours }),
  );
  expect(has(/^note: 8 tenants took more in the last hour than is promised then: t0, /)).toBe(true);
  expect(has(/^note: 8 tenants have topics that keep records for longer than is allowed then/)).toBe(true);
  expect(plan.title).toBe("Put 8 tenants on Silver");
  expect(plan.confirm.typeName).toBeNull();
});
