import { describe, expect, it, test } from "vitest";
import type { RequestOf } from "@/lib/domain/change/request";
import { applyTo } from "@/lib/domain/change/testing/apply-to";
import { pastHours } from "@/lib/domain/change/testing/past-hours";
import { planFacts } from "@/lib/domain/change/testing/plan-facts";
import { GOLDEN, GOLDEN_RULE, goldenCluster, goldenFacts, override, plain, SILVER, told } from "@/lib/domain/change/testing/quota-facts";
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

describe("whether the tenant would be throttled", () => {
  const plan = (given: Partial<RequestOf<"quota">>, hours: Parameters<typeof pastHours>[0]) =>
    told(ask(given), goldenFacts({ pastHours: pastHours(hours) }));
  const calm = { tenantId: "kestrel", produce: { 1: 20_000, 2: 5_000, 3: 0 } };

  it("is told from the last hour: on which broker, for how long, by how much", () => {
    const busy = {
      tenantId: "kestrel",
      produce: { 1: [...Array<number>(19).fill(10_000), ...Array<number>(41).fill(48_000)], 2: 30_000, 3: 0 },
    };
    const { plan: found } = plan({ produceBytesPerSecond: 60_000 }, busy);
    const throttled = found.consequences.find((one) => one.class === "throttles");
    expect(plain(throttled?.sentence)).toBe(
      "Kestrel would have been throttled on broker 2 of c1 in 60 of the last 60 minutes: it produced up to 30.0 of 25.0 kB/s.",
    );
    expect(plain(throttled?.detail)).toBe("31 % of what it produced in that hour was above the new limit. Also on broker 1.");
  });

  it.each<[string, Partial<RequestOf<"quota">>, Parameters<typeof pastHours>[0], RegExp]>([
    [
      "not",
      { produceBytesPerSecond: 60_000 },
      calm,
      /^fine: In the last hour Kestrel produced at most 20\.0 of 25\.0 kB\/s on a broker of c1\.$/,
    ],
    [
      "not known, where nothing was kept",
      { produceBytesPerSecond: 60_000 },
      { tenantId: "other" },
      /^unseen: Nothing is known of what Kestrel produced on c1 in the last hour/,
    ],
    [
      "no longer, with what it wants unknown",
      { produceBytesPerSecond: 240_000 },
      { ...calm, throttledOn: [1] },
      /^note: Kestrel was throttled on broker 1 of c1 in 60 of the last 60 minutes, at 20\.0 kB\/s: with 100 kB\/s a broker it will take more/,
    ],
    [
      "by request time",
      { requestPercent: 20 },
      calm,
      /^throttles: Kestrel takes 30 % of a thread on broker 1 of c1 now, and would be held to 20 %\.$/,
    ],
    ["not by request time", { requestPercent: 40 }, calm, /^fine: Kestrel takes 30 % of a thread/],
  ])("%s", (_what, given, hours, sentence) => expect(plan(given, hours).consequences).toContainEqual(expect.stringMatching(sentence)));

  it("says nothing of a raise that nobody waits for", () => {
    expect(plan({ produceBytesPerSecond: 240_000 }, calm).has(/last hour|throttled/)).toBe(false);
  });

  it("counts minutes without a reading for nothing", () => {
    const gaps = { tenantId: "kestrel", produce: { 1: [null, 48_000, null, 1_000] } };
    expect(plan({ produceBytesPerSecond: 60_000 }, gaps).has(/in 1 of the last 2 minutes/)).toBe(true);
  });

  it("is summed for many tenants, with the first names", () => {
    const many = Array.from({ length: 12 }, (_, i) => tenant(`t${String(i).padStart(2, "0")}`));
    const topics = Object.fromEntries(many.map(({ id }) => [`${id}.x`, {}]));
    const quotas = many.map(({ id }) => ({ entity: { user: id }, values: GOLDEN_RULE }));
    const hours = pastHours(...many.slice(0, 11).map(({ id }, i) => ({ tenantId: id, produce: { 1: i < 2 ? 40_000 : 1_000 } })));
    const facts = goldenFacts({ tenants: many, clusters: { c1: { topics, quotas } }, pastHours: hours });
    const found = told(ask({ scope: { tierId: "gold" }, produceBytesPerSecond: 60_000 }), facts);
    expect(found.has(/^throttles: 2 tenants would have been throttled in the last hour: t00 and t01\.$/)).toBe(true);
    expect(found.has(/^unseen: Of 1 tenant whose limits fall nothing is known of the last hour: t11\.$/)).toBe(true);
    expect(found.has(/^fine: 9 tenants whose limits fall stayed below/)).toBe(true);
    expect(found.has(/^breach: 12 tenants can have less than their tiers promise then: t00, .* and 2 more\.$/)).toBe(true);
    expect(found.plan.consequences.length).toBeLessThan(8);
  });
});

describe("the promise", () => {
  it("is broken by a quota that lets less through, with what would keep it", () => {
    const { plan } = told(ask({ produceBytesPerSecond: 60_000 }), goldenFacts());
    const breach = plan.consequences.find((one) => one.class === "breach");
    expect(plain(breach?.sentence)).toBe(
      "Kestrel is promised 120 kB/s to produce and can have 75 kB/s at most then: 25 kB/s a broker on 3 brokers of c1.",
    );
    expect(plain(breach?.detail)).toBe("With one broker down 50 kB/s are left.");
    expect(breach?.instead?.request).toEqual(ask({ produceBytesPerSecond: "tier" }));
    expect(plan.confirm.reasonRequired).toBe(true);
  });

  it("is not broken anew by a raise that stays below", () => {
    const low = goldenFacts({
      clusters: { c1: goldenCluster([{ entity: { user: "kestrel" }, values: { ...GOLDEN_RULE, producer_byte_rate: 10_000 } }]) },
    });
    const { plan, has } = told(ask({ produceBytesPerSecond: 60_000 }), low);
    expect(has(/^note: Kestrel stays below its promise to produce: 75 kB\/s of 120 kB\/s/)).toBe(true);
    expect(plan.confirm.reasonRequired).toBe(false);
  });

  it("is kept with what is left when one broker is down", () => {
    const raised = told(ask({ produceBytesPerSecond: 240_000 }), goldenFacts());
    expect(raised.has(/^fine: Kestrel can have 300 kB\/s to produce, and 120 kB\/s are promised/)).toBe(true);
    const back = goldenFacts({ clusters: { c1: goldenCluster([]) } });
    const found = told(ask({ produceBytesPerSecond: "tier" }), back).plan.consequences.find((one) =>
      one.sentence.startsWith("Kestrel can have"),
    );
    expect([found?.class, plain(found?.detail)]).toEqual(["note", "With one broker of c1 down 100 kB/s are left, less than is promised."]);
  });
});

describe("a cut of what may be consumed", () => {
  const waiting = (behind: number) =>
    goldenFacts({
      clusters: {
        c1: {
          ...goldenCluster(),
          topics: {
            "kestrel.scans": { own: { "retention.ms": String(3 * 86_400_000) }, bytesInPerSecond: 30_000, recordsInPerSecond: 10 },
          },
          groups: { "kestrel.tracking": { behind: { "kestrel.scans": behind } } },
        },
      },
    });

  it.each<[string, number, number, RegExp | null]>([
    [
      "says how long the backlog takes",
      72_000,
      1_000,
      /^note: 9\.00 MB wait .* and 30\.0 kB\/s come in for them: with 90 kB\/s in all they are caught up in 2 m 30 s at the earliest\.$/,
    ],
    ["says never, where what comes in is more", 20_000, 1_000, /^throttles: .* with 25\.\d+ kB\/s in all they never catch up\.$/],
    ["says nothing, where nothing waits", 20_000, 0, null],
  ])("%s", (_what, consume, behind, sentence) => {
    const { consequences } = told(ask({ consumeBytesPerSecond: consume }), waiting(behind));
    if (sentence === null) expect(consequences.join()).not.toMatch(/wait for/);
    else expect(consequences).toContainEqual(expect.stringMatching(sentence));
  });

  it.each<[number, RegExp | null]>([
    [10_000, /^throttles: For 6 tenants more come in than may be consumed then, so that they never catch up: m0, .*\.$/],
    [90_000, null],
  ])("of many tenants with %d B/s names those that never catch up", (consume, sentence) => {
    const ids = Array.from({ length: 6 }, (_, i) => `m${i}`);
    const facts = goldenFacts({
      tenants: ids.map((id) => tenant(id)),
      clusters: {
        c1: {
          topics: Object.fromEntries(ids.map((id) => [`${id}.x`, { bytesInPerSecond: 30_000, recordsInPerSecond: 10 }])),
          quotas: ids.map((user) => ({ entity: { user }, values: GOLDEN_RULE })),
          groups: Object.fromEntries(ids.map((id) => [`${id}.app`, { behind: { [`${id}.x`]: 1_000 } }])),
        },
      },
    });
    const { consequences } = told({ kind: "quota", scope: { tenantIds: ids }, consumeBytesPerSecond: consume }, facts);
    const found = consequences.filter((one) => /catch up/.test(one));
    expect(found).toEqual(sentence === null ? [] : [expect.stringMatching(sentence)]);
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
