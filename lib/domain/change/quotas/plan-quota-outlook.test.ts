import { describe, expect, it } from "vitest";
import type { RequestOf } from "@/lib/domain/change/request";
import { pastHours } from "@/lib/domain/change/testing/past-hours";
import { GOLDEN_RULE, goldenCluster, goldenFacts, plain, told } from "@/lib/domain/change/testing/quota-facts";
import { tenant } from "@/lib/domain/testing/cluster-fixture";

const kestrel = { tenantIds: ["kestrel"] };
const ask = (given: Partial<RequestOf<"quota">>): RequestOf<"quota"> => ({ kind: "quota", scope: kestrel, ...given });

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
