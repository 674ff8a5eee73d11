import { describe, expect, it, test } from "vitest";
import type { PlanFacts } from "@/lib/domain/change/facts";
import { applyTo } from "@/lib/domain/change/testing/apply-to";
import { tier } from "@/lib/domain/change/testing/plan-facts";
import { DAY, GOLDEN_RULE, goldenCluster, goldenFacts, override, told } from "@/lib/domain/change/testing/quota-facts";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import { tenant } from "@/lib/domain/testing/cluster-fixture";

const scope = { tenantIds: ["kestrel"] };
const back = (items?: string[]) => ({ kind: "bring-back" as const, scope, ...(items === undefined ? {} : { items }) });
const adopt = (items?: string[]) => ({ kind: "adopt" as const, scope, ...(items === undefined ? {} : { items }) });
const ruleOf = (values: QuotaRuleFact["values"], user = "kestrel"): QuotaRuleFact => ({ entity: { user }, values });

/** Kestrel with topics and rules of its own making; overrides as given. */
function facts(
  spec: { quotas?: QuotaRuleFact[] | null; topics?: Record<string, string | null>; overrides?: object[]; principals?: string[] } = {},
): PlanFacts {
  const { principals = ["kestrel"], overrides = [], topics = { scans: String(3 * DAY) } } = spec;
  const one = tenant("kestrel", { topics: [{ prefix: "kestrel." }], principals: principals.map((name) => ({ kind: "scram", name })) });
  const own = (retention: string | null) => ({ own: retention === null ? {} : { "retention.ms": retention } });
  return goldenFacts({
    tenants: [{ ...one, name: "Kestrel", overrides: overrides.map(override) }],
    clusters: {
      c1: {
        ...goldenCluster(),
        topics: Object.fromEntries(Object.entries(topics).map(([name, retention]) => [`kestrel.${name}`, own(retention)])),
        quotas: spec.quotas === undefined ? [ruleOf(GOLDEN_RULE)] : spec.quotas,
      },
    },
  });
}

const LOW = ruleOf({ ...GOLDEN_RULE, producer_byte_rate: 20_000 });
const drifted = () => facts({ quotas: [LOW], topics: { scans: String(9 * DAY), parcels: String(3 * DAY) } });

describe("bringing the cluster back", () => {
  it("sets what drifted to what is declared, with where it is from", () => {
    const { operations, plan, title } = told(back(), drifted());
    expect(title).toBe("Bring 2 values of Kestrel back to what is declared");
    expect(operations).toEqual(["user kestrel producer_byte_rate: 20000 → 50000", "kestrel.scans retention.ms: 777600000 → 259200000"]);
    expect(plan.operations.map(({ note }) => note?.startsWith("Gold"))).toEqual([true, true]);
    expect(told(back(), applyTo(drifted(), plan.operations)).operations).toEqual([]);
  });

  it.each<[string, string[], string[]]>([
    ["one of them", ["kestrel|c1|user kestrel|producer_byte_rate"], ["user kestrel producer_byte_rate: 20000 → 50000"]],
    ["none that is not there any more", ["kestrel|c1|user kestrel|consumer_byte_rate"], []],
  ])("does %s", (_what, items, expected) => expect(told(back(items), drifted()).operations).toEqual(expected));

  it.each<[string, Parameters<typeof facts>[0], string[]]>([
    [
      "a rule that is missing",
      { quotas: [] },
      [
        "user kestrel producer_byte_rate: null → 50000",
        "user kestrel consumer_byte_rate: null → 100000",
        "user kestrel request_percentage: null → 100",
      ],
    ],
    ["a topic without a value of its own", { topics: { scans: null } }, ["kestrel.scans retention.ms: null → 259200000"]],
    [
      "an override that is over, with what it left behind",
      { topics: { scans: String(9 * DAY) }, overrides: [{ setting: "retentionMs", value: 9 * DAY, until: "2026-11-01T00:00:00.000Z" }] },
      ["override retentionMs", "kestrel.scans retention.ms: 777600000 → 259200000"],
    ],
  ])("mends %s", (_what, spec, expected) => {
    const operations = told(back(), facts(spec)).operations.map((one) => (one.startsWith("override") ? (one.split(":")[0] ?? "") : one));
    expect(operations).toEqual(expected);
  });

  it("takes away a rule that nothing declares", () => {
    const nothing = { produceBytesPerSecond: undefined, consumeBytesPerSecond: undefined, requestPercent: undefined };
    const given = goldenFacts({ tiers: [tier(nothing)], clusters: { c1: goldenCluster() } });
    expect(told(back(), given).operations).toEqual([
      "user kestrel producer_byte_rate: 50000 → null",
      "user kestrel consumer_byte_rate: 100000 → null",
      "user kestrel request_percentage: 100 → null",
    ]);
  });

  it("says what could not be read, and tells nothing of it", () => {
    const { operations, leftOut } = told(back(), facts({ quotas: null }));
    expect(operations).toEqual([]);
    expect(leftOut).toEqual([expect.stringMatching(/^The quotas of c1 could not be read/)]);
  });

  it("tells what follows, as the forms do", () => {
    const { has } = told(back(), drifted());
    expect(has(/kestrel\.scans/)).toBe(true);
    expect(has(/^(fine|note): Kestrel can have 150 kB\/s to produce/)).toBe(true);
  });
});

describe("adopting what the cluster has", () => {
  const declaredBy = (given: PlanFacts, items?: string[]) => {
    const { plan } = told(adopt(items), given);
    return plan.operations.map(({ target, after }) => {
      if (target.kind !== "override" || after === null) throw new Error("Only overrides are written.");
      const { value, author } = JSON.parse(after) as { value: unknown; author: string };
      expect(author).toBe("olga@example.com");
      return [target.setting, target.on ?? {}, value];
    });
  };

  it.each<[string, Parameters<typeof facts>[0], unknown[][]]>([
    [
      "one value for the tenant, where everything has it",
      { quotas: [LOW], topics: { a: String(9 * DAY), b: String(9 * DAY) } },
      [
        ["produceQuotaBytesPerSecond", {}, 20_000],
        ["retentionMs", {}, 9 * DAY],
      ],
    ],
    [
      "a value for each, where they differ",
      { topics: { a: String(9 * DAY), b: "-1", c: String(3 * DAY) } },
      [
        ["retentionMs", { cluster: "c1", topic: "kestrel.a" }, 9 * DAY],
        ["retentionMs", { cluster: "c1", topic: "kestrel.b" }, "unlimited"],
      ],
    ],
    [
      "no quota, where there is no rule",
      { quotas: [] },
      [
        ["produceQuotaBytesPerSecond", {}, null],
        ["consumeQuotaBytesPerSecond", {}, null],
        ["requestQuotaPercent", {}, null],
      ],
    ],
    ["whatever the cluster has, where a topic inherits", { topics: { a: null } }, [["retentionMs", {}, null]]],
    [
      "a rule of one of two users",
      {
        principals: ["kestrel", "b"],
        quotas: [
          ruleOf({ producer_byte_rate: 25_000, consumer_byte_rate: 50_000, request_percentage: 50 }),
          ruleOf({ producer_byte_rate: 7, consumer_byte_rate: 50_000, request_percentage: 50 }, "b"),
        ],
      },
      [["produceQuotaBytesPerSecond", { cluster: "c1", principal: "b" }, 7]],
    ],
    [
      "what an override says otherwise, as narrow as can be",
      { topics: { a: String(9 * DAY) }, overrides: [{ setting: "retentionMs", value: 5 * DAY }] },
      [["retentionMs", { cluster: "c1", topic: "kestrel.a" }, 9 * DAY]],
    ],
  ])("declares %s", (_what, spec, expected) => {
    const given = facts(spec);
    expect(declaredBy(given)).toEqual(expected);
    const then = applyTo(given, told(adopt(), given).plan.operations);
    expect(told(back(), then).operations).toEqual([]);
    expect(told(adopt(), then).operations).toEqual([]);
  });

  it("of all that has one value only what is meant", () => {
    const given = facts({ topics: { a: String(9 * DAY), b: String(9 * DAY) } });
    expect(declaredBy(given, ["kestrel|c1|kestrel.a|retention.ms"])).toEqual([
      ["retentionMs", { cluster: "c1", topic: "kestrel.a" }, 9 * DAY],
    ]);
  });

  it("lets an override that is over go on, without an end", () => {
    const given = facts({
      topics: { a: String(9 * DAY) },
      overrides: [{ setting: "retentionMs", value: 9 * DAY, until: "2026-11-01T00:00:00.000Z" }],
    });
    const { plan } = told(adopt(), given);
    expect(plan.operations).toHaveLength(1);
    expect(JSON.parse(plan.operations[0]?.after ?? "")).not.toHaveProperty("until");
    expect(told(back(), applyTo(given, plan.operations)).operations).toEqual([]);
  });

  it("writes nothing to a cluster, and says so", () => {
    const { plan, has } = told(adopt(), drifted());
    expect(plan.operations.every(({ phase, target }) => phase === "declare" && target.kind === "override")).toBe(true);
    expect(has(/^note: Nothing is written to a cluster: 2 overrides say/)).toBe(true);
  });

  it("leaves out a tenant that would have more overrides than its record holds", () => {
    const topics = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`t${i}`, String((i + 4) * DAY)]));
    const { operations, leftOut } = told(adopt(), facts({ topics }));
    expect(operations).toEqual([]);
    expect(leftOut).toEqual([expect.stringMatching(/^It would have 201 overrides; 200 are the most\./)]);
  });
});

test("tenants that are not there are refused, and a filter finds those that are", () => {
  expect(told({ ...back(), scope: { tenantIds: ["gone"] } }, facts()).refusals).toEqual(['There is no tenant "gone".']);
  expect(told({ ...back(), scope: { filter: "tier:gold" } }, drifted()).operations).toHaveLength(2);
});
