import { describe, expect, it, test } from "vitest";
import type { RequestOf } from "@/lib/domain/change/request";
import { applyTo } from "@/lib/domain/change/testing/apply-to";
import { pastHours } from "@/lib/domain/change/testing/past-hours";
import { planFacts } from "@/lib/domain/change/testing/plan-facts";
import { GOLDEN, goldenCluster, goldenFacts, override, plain, SILVER, told } from "@/lib/domain/change/testing/quota-facts";
import { tenant } from "@/lib/domain/testing/cluster-fixture";

const kestrel = { tenantIds: ["kestrel"] };
const ask = (given: Partial<RequestOf<"quota">>): RequestOf<"quota"> => ({ kind: "quota", scope: kestrel, ...given });

describe("a quota for a tenant as a whole", () => {
  it("is declared as an override, and each rule follows from it with its arithmetic", () => {
    const { plan, operations, title } = told(ask({ produceBytesPerSecond: 60_000 }), goldenFacts());
    expect(title).toBe("Set quotas of Kestrel: produce 60 kB/s in total");
    expect(operations).toEqual([
      `override produceBytesPerSecond: null → ${plan.operations[0]?.after}`,
      "user kestrel producer_byte_rate: 50000 → 25000",
    ]);
    expect(JSON.parse(plan.operations[0]?.after ?? "")).toMatchObject({
      setting: "produceBytesPerSecond",
      value: 60_000,
      author: "olga@example.com",
    });
    expect(plain(plan.operations[1]?.note)).toBe("override by olga@example.com: 60 kB/s × 1.25 / 3 brokers = 25 kB/s a broker");
    expect(plan.operations.map(({ phase, unit }) => [phase, unit])).toEqual([
      ["declare", "tenant:kestrel"],
      ["tighten", "tenant:kestrel"],
    ]);
  });

  it("is raised at the brokers before it is declared", () => {
    const { plan } = told(ask({ produceBytesPerSecond: 240_000 }), goldenFacts());
    expect(plan.operations.map(({ phase }) => phase)).toEqual(["loosen", "declare"]);
  });

  it("goes to every user on every cluster by its share", () => {
    const split = {
      ...tenant(
        "kestrel",
        {
          share: 0.5,
          topics: [{ prefix: "kestrel." }],
          principals: [
            { kind: "scram", name: "a", share: 0.8 },
            { kind: "scram", name: "b" },
          ],
        },
        { cluster: "c2", topics: [{ prefix: "kestrel." }], principals: [{ kind: "scram", name: "a" }] },
      ),
      name: "Kestrel",
    };
    const clusters = { c1: goldenCluster([]), c2: { topics: { "kestrel.x": { partitions: 1 } } } };
    const { operations } = told(ask({ produceBytesPerSecond: 60_000, requestPercent: 50 }), goldenFacts({ tenants: [split], clusters }));
    expect(operations.filter((one) => one.startsWith("user"))).toEqual([
      "user a producer_byte_rate: null → 10000",
      "user a request_percentage: null → 40",
      "user b producer_byte_rate: null → 2500",
      "user b request_percentage: null → 10",
      "user a producer_byte_rate: null → 30000",
      "user a request_percentage: null → 50",
    ]);
  });

  it.each<[string, Partial<RequestOf<"quota">>, object[], string[]]>([
    [
      "without limit takes the rule away",
      { produceBytesPerSecond: null },
      [],
      ["user kestrel producer_byte_rate: 50000 → null", "override produceBytesPerSecond: null → null"],
    ],
    [
      "as much as the tier promises ends what said otherwise",
      { produceBytesPerSecond: 120_000 },
      [{ setting: "produceBytesPerSecond", value: 9 }],
      ["override produceBytesPerSecond: 9 → gone"],
    ],
    [
      "as the tier declares ends it too",
      { produceBytesPerSecond: "tier" },
      [{ setting: "produceBytesPerSecond", value: 9 }],
      ["override produceBytesPerSecond: 9 → gone"],
    ],
    [
      "takes the place of an override of each rule",
      { produceBytesPerSecond: 60_000 },
      [{ setting: "produceQuotaBytesPerSecond", value: 9 }],
      [
        "override produceQuotaBytesPerSecond: 9 → gone",
        "override produceBytesPerSecond: null → 60000",
        "user kestrel producer_byte_rate: 50000 → 25000",
      ],
    ],
    [
      "with an end is an override also where it is the tier's",
      { produceBytesPerSecond: 120_000, until: "2027-01-01T00:00:00.000Z" },
      [],
      ["override produceBytesPerSecond: null → 120000"],
    ],
  ])("%s", (_what, given, overrides, expected) => {
    const facts = goldenFacts({ tenants: [{ ...tenant("kestrel"), overrides: overrides.map(override) }] });
    const { plan } = told(ask(given), facts);
    const words = plan.operations.map((operation) => {
      const { target } = operation;
      const value = (text: string | null) => (text === null ? null : (JSON.parse(text) as { value: unknown }).value);
      if (target.kind !== "override")
        return `user kestrel ${target.kind === "quota" ? target.key : ""}: ${operation.before} → ${operation.after}`;
      return `override ${target.setting}: ${value(operation.before)} → ${operation.after === null ? "gone" : value(operation.after)}`;
    });
    expect(words).toEqual(expected);
  });

  it("leaves narrower overrides in force, and says so", () => {
    const own = override({ setting: "produceQuotaBytesPerSecond", value: 50_000, on: { principal: "kestrel" } });
    const { operations, has } = told(
      ask({ produceBytesPerSecond: 60_000 }),
      goldenFacts({ tenants: [{ ...tenant("kestrel"), overrides: [own] }] }),
    );
    expect(operations.map((one) => one.split(":")[0])).toEqual(["override produceBytesPerSecond"]);
    expect(has(/^note: The override of the produce quota of each broker of kestrel of kestrel is narrower/)).toBe(true);
  });

  it("has nothing left to do once it is carried out", () => {
    const request = ask({ produceBytesPerSecond: 60_000, consumeBytesPerSecond: null, requestPercent: "tier" });
    const facts = goldenFacts();
    const { plan } = told(request, facts);
    const later = { ...applyTo(facts, plan.operations), declaring: { author: "ada", reason: "again", at: "2026-12-01T00:00:00.000Z" } };
    expect(told(request, later).plan.operations).toEqual([]);
    expect(told(request, later).consequences).toEqual(["fine: Nothing changes: everything has this value already."]);
  });
});

describe("what cannot be given a quota", () => {
  it("is refused for one tenant that has nothing a rule can be set on, with the way out", () => {
    const { plan, refusals } = told(ask({ scope: { tenantIds: ["alder"] }, produceBytesPerSecond: 9 }), goldenFacts());
    expect(refusals).toEqual([expect.stringMatching(/^In the pool on c1 it has no principal .* Give its clients a principal/)]);
    expect(plan.operations).toEqual([]);
  });

  it("is left out among others", () => {
    const { operations, leftOut, refusals } = told(ask({ scope: { tierId: "gold" }, produceBytesPerSecond: 60_000 }), goldenFacts());
    expect(refusals).toEqual([]);
    expect(leftOut).toHaveLength(2);
    expect(operations).toHaveLength(2);
  });

  it.each<[string, Parameters<typeof goldenFacts>[0], RegExp]>([
    [
      "rules that could not be read",
      {
        clusters: {
          c1: {
            ...goldenCluster(),
            quotas: null,
            problems: [{ code: "forbidden", operation: "DescribeClientQuotas", message: "Not allowed.", remedy: "Allow it." }],
          },
        },
      },
      /^The quotas of c1 could not be read: Not allowed\. Allow it\.$/,
    ],
    [
      "a kind of cluster without quotas",
      { clusters: { c1: { ...goldenCluster(), quotasBy: { by: null, reason: "Serverless has no quotas.", wayOut: "None." } } } },
      /^Serverless has no quotas\. None\.$/,
    ],
    [
      "topics that are not there yet",
      { clusters: { c1: { ...goldenCluster(), topics: {} } } },
      /^No broker of c1 leads a partition of its topics yet/,
    ],
    [
      "a role of many users",
      {
        tenants: [
          tenant(
            "kestrel",
            { topics: [{ prefix: "kestrel." }], principals: [{ kind: "scram", name: "kestrel" }] },
            { stream: "two", topics: [{ prefix: "k2." }], principals: [{ kind: "iam-role", name: "arn:aws:iam::1:role/app" }] },
          ),
        ],
      },
      /^The IAM role app is many Kafka users/,
    ],
  ])("%s are left out with the reason", (_what, spec, reason) => {
    expect(told(ask({ produceBytesPerSecond: 60_000 }), goldenFacts(spec)).leftOut).toContainEqual(expect.stringMatching(reason));
  });

  it.each([
    ["2026-11-23T09:59:59.000Z", true],
    ["2026-11-23T10:00:00Z", true],
    ["2026-11-23T10:00:00.0001Z", true],
    ["2026-11-23T10:00Z", true],
    ["2026-11-23T10:00:01Z", false],
  ])("that ends at %s is over already: %s", (until, isOver) => {
    const { refusals } = told(ask({ produceBytesPerSecond: 60_000, until }), goldenFacts()).plan;
    expect(refusals.map(({ field }) => field)).toEqual(isOver ? ["until"] : []);
  });

  it("is refused on a cluster that is only observed, and planned as a patch where it is managed elsewhere", () => {
    const observed = goldenFacts({ clusters: { c1: { ...goldenCluster(), mode: "observe" } } });
    expect(told(ask({ produceBytesPerSecond: 9 }), observed).refusals).toEqual([expect.stringMatching(/observed/)]);
    const elsewhere = goldenFacts({ clusters: { c1: { ...goldenCluster(), managedElsewhere: "Terraform" } } });
    expect(told(ask({ produceBytesPerSecond: 60_000 }), elsewhere).plan.patch).toEqual({
      whole: true,
      by: "Terraform",
      text: "kafka-configs.sh --alter --entity-type users --entity-name kestrel --add-config producer_byte_rate=25000",
    });
  });

  it("is refused for a tenant that was deleted meanwhile", () => {
    const facts = goldenFacts();
    const gone = { ...facts, registry: { ...facts.registry, tenants: [] } };
    expect(told(ask({ produceBytesPerSecond: 9 }), gone).refusals).toEqual(['There is no tenant "kestrel".']);
    expect(told(ask({ scope: { tenantIds: ["nobody"] }, produceBytesPerSecond: 9 }), facts).refusals).toEqual([
      'There is no tenant "nobody".',
    ]);
  });
});

test("more than a cluster takes is said where AWS publishes what it takes, and that it is unknown elsewhere", () => {
  const express = { ...goldenCluster(), kind: "express" as const, instanceType: "express.m7g.large" };
  const raise = (bytes: number, cluster: object) =>
    told(ask({ produceBytesPerSecond: bytes }), goldenFacts({ clusters: { c1: { ...goldenCluster(), ...cluster } } }));
  expect(
    raise(100_000_000, express).has(/^room: One tenant can then send up to 125 MB\/s, more than c1 takes in all: 46\.8 MB\/s\.$/),
  ).toBe(true);
  expect(raise(10_000_000, express).has(/^room/)).toBe(false);
  expect(raise(10_000_000, {}).has(/^unseen: What c1 can carry is not known/)).toBe(true);
});

test("the picture has each rule with its rates against the new value", () => {
  const facts = goldenFacts({ pastHours: pastHours({ tenantId: "kestrel", produce: { 1: 40_000, 2: [null, 10_000] } }) });
  expect(told(ask({ produceBytesPerSecond: 60_000 }), facts).plan.picture).toMatchObject({
    kind: "quota",
    rows: [
      {
        entity: "user kestrel",
        now: 50_000,
        after: 25_000,
        promised: 120_000,
        brokers: [
          { brokerId: 1, peakPerSecond: 40_000, minutesAbove: 60, minutesSeen: 60 },
          { brokerId: 2, peakPerSecond: 10_000, meanPerSecond: 10_000, minutesAbove: 0, minutesSeen: 1 },
        ],
      },
    ],
  });
});

test("a silo gets a rule from what is asked for, and none from its tier", () => {
  const silo = tenant("kestrel", { model: "silo", topics: [{ prefix: "kestrel." }], principals: [{ kind: "scram", name: "kestrel" }] });
  const facts = planFacts({ tiers: [GOLDEN, SILVER], tenants: [silo], clusters: { c1: goldenCluster([]) } });
  const given = told(ask({ produceBytesPerSecond: 120_000 }), facts);
  expect(given.operations.map((one) => one.split(": ")[0])).toEqual(["override produceBytesPerSecond", "user kestrel producer_byte_rate"]);
  const back = told(ask({ produceBytesPerSecond: "tier" }), applyTo(facts, given.plan.operations));
  expect(back.operations.at(0)).toBe("user kestrel producer_byte_rate: 50000 → null");
});
