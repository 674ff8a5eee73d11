import { describe, expect, it } from "vitest";
import type { ActiveBrake, PlanFacts } from "@/lib/domain/change/facts";
import { clusterOf } from "@/lib/domain/change/operation";
import type { RequestOf } from "@/lib/domain/change/request";
import { applyTo, writtenState } from "@/lib/domain/change/testing/apply-to";
import { pastHours } from "@/lib/domain/change/testing/past-hours";
import { GOLDEN_RULE, goldenCluster, goldenFacts, told } from "@/lib/domain/change/testing/quota-facts";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import { rule, tenant } from "@/lib/domain/testing/cluster-fixture";

const ask = (given: Partial<RequestOf<"brake">> = {}): RequestOf<"brake"> => ({
  kind: "brake",
  tenantId: "kestrel",
  minutes: 30,
  ...(Object.keys(given).some((key) => key.endsWith("PerSecond")) ? {} : { produceBytesPerSecond: 20_000 }),
  ...given,
});
const OWN: QuotaRuleFact = { entity: { user: "kestrel" }, values: GOLDEN_RULE };
const facts = (...quotas: QuotaRuleFact[]) => goldenFacts({ clusters: { c1: goldenCluster(quotas) } });

/** The facts once a brake was carried out, with the brake on the record. */
function braked(before: PlanFacts, request = ask()): { after: PlanFacts; brake: ActiveBrake } {
  const { operations } = told(request, before).plan;
  const brake = { changeId: 7, tenantId: "kestrel", until: "2026-11-23T10:30:00.000Z", by: "ada", reason: null, operations };
  return { after: { ...applyTo(before, operations), brakes: new Map([["kestrel", brake]]) }, brake };
}

describe("a brake", () => {
  it.each<[string, Partial<RequestOf<"brake">>, string, string[]]>([
    ["to produce", {}, "Brake Kestrel to 20 kB/s a broker for 30 min", ["user kestrel producer_byte_rate: 50000 → 20000"]],
    [
      "to consume",
      { consumeBytesPerSecond: 9_000, minutes: 5 },
      "Brake Kestrel to 9 kB/s a broker to consume for 5 min",
      ["user kestrel consumer_byte_rate: 100000 → 9000"],
    ],
    [
      "both ways alike",
      { produceBytesPerSecond: 9_000, consumeBytesPerSecond: 9_000 },
      "Brake Kestrel to 9 kB/s a broker for 30 min",
      ["user kestrel producer_byte_rate: 50000 → 9000", "user kestrel consumer_byte_rate: 100000 → 9000"],
    ],
    [
      "both ways, each by itself",
      { produceBytesPerSecond: 9_000, consumeBytesPerSecond: 8_000 },
      "Brake Kestrel to 9 kB/s a broker to produce and 8 kB/s a broker to consume for 30 min",
      ["user kestrel producer_byte_rate: 50000 → 9000", "user kestrel consumer_byte_rate: 100000 → 8000"],
    ],
  ])("%s", (_what, given, title, operations) => {
    const found = told(ask(given), facts(OWN));
    expect([found.title, found.operations, found.refusals]).toEqual([title, operations, []]);
    expect(found.plan.operations.every(({ phase, unit }) => phase === "tighten" && unit === "tenant:kestrel")).toBe(true);
    expect(found.plan.confirm).toMatchObject({ reasonRequired: false });
  });

  it.each<[string, QuotaRuleFact[], string[]]>([
    ["sets a rule where there is none", [], ["user kestrel producer_byte_rate: null → 20000"]],
    [
      "holds rules on single client-ids too, which would win",
      [OWN, rule({ user: "kestrel", clientId: "app" }, 30_000), rule({ user: "kestrel", clientId: "small" }, 5_000)],
      ["user kestrel producer_byte_rate: 50000 → 20000", "user kestrel client-id app producer_byte_rate: 30000 → 20000"],
    ],
    [
      "holds the rule on any other client-id",
      [OWN, rule({ user: "kestrel", clientId: null }, 30_000)],
      ["user kestrel producer_byte_rate: 50000 → 20000", "user kestrel client-id * producer_byte_rate: 30000 → 20000"],
    ],
    ["goes below a default", [rule({ user: null }, 60_000)], ["user kestrel producer_byte_rate: null → 20000"]],
    [
      "keeps client-ids that are held to less as they are, where the user had no rule",
      [rule({ clientId: "small" }, 5_000), rule({ clientId: "large" }, 90_000)],
      ["user kestrel producer_byte_rate: null → 20000", "user kestrel client-id small producer_byte_rate: null → 5000"],
    ],
  ])("%s", (_what, quotas, expected) => expect(told(ask(), facts(...quotas)).operations).toEqual(expected));

  it("never raises: what lets through less already is refused", () => {
    const low = { ...OWN, values: { ...GOLDEN_RULE, producer_byte_rate: 15_000 } };
    expect(told(ask(), facts(low)).refusals).toEqual([
      "user kestrel has 15 kB/s a broker to produce on c1: 20 kB/s would not hold it back, that would raise it.",
    ]);
    expect(told(ask(), facts(rule({ user: null }, 15_000))).refusals).toHaveLength(1);
    const oneWay = told(ask({ produceBytesPerSecond: 20_000, consumeBytesPerSecond: 20_000 }), facts(low));
    expect([oneWay.operations, oneWay.refusals, oneWay.leftOut]).toEqual([
      ["user kestrel consumer_byte_rate: 100000 → 20000"],
      [],
      [expect.stringMatching(/that would raise it/)],
    ]);
  });

  it.each<[string, RequestOf<"brake">, PlanFacts, RegExp]>([
    ["without an identity", ask({ tenantId: "alder" }), facts(OWN), /A rule on pool-service would hold back every tenant it serves\.$/],
    ["that is not there", ask({ tenantId: "gone" }), facts(OWN), /^There is no tenant "gone"/],
    ["whose rules cannot be read", ask(), goldenFacts({ clusters: { c1: { ...goldenCluster(), quotas: null } } }), /could not be read/],
    [
      "known by client-ids, where a default for users wins",
      ask(),
      goldenFacts({
        tenants: [tenant("kestrel", { topics: [{ prefix: "kestrel." }], clientIds: ["app"] })],
        clusters: { c1: goldenCluster([rule({ user: null }, 90_000)]) },
      }),
      /a default for users \(90 kB\/s a broker\) wins over every rule on a client-id/,
    ],
    ["under a brake already", ask({ produceBytesPerSecond: 9_000 }), braked(facts(OWN)).after, /^Kestrel is under a brake of ada until/],
  ])("of a tenant %s is refused", (_what, request, given, reason) => {
    const { refusals, operations } = told(request, given);
    expect(refusals).toEqual([expect.stringMatching(reason)]);
    expect(operations).toEqual([]);
  });

  it("caps each of several users, and says so", () => {
    const two = tenant("kestrel", {
      topics: [{ prefix: "kestrel." }],
      principals: [
        { kind: "scram", name: "a" },
        { kind: "scram", name: "b" },
      ],
    });
    const { operations, has } = told(ask(), goldenFacts({ tenants: [two], clusters: { c1: goldenCluster([]) } }));
    expect(operations).toEqual(["user a producer_byte_rate: null → 20000", "user b producer_byte_rate: null → 20000"]);
    expect(has(/^note: The cap holds for each of the 2 users or client-ids of kestrel by itself/)).toBe(true);
  });
});

describe("what a brake does", () => {
  const cluster = {
    ...goldenCluster(),
    topics: { "kestrel.scans": { own: {}, bytesInPerSecond: 30_000, recordsInPerSecond: 10 } },
    groups: { "kestrel.tracking": { behind: { "kestrel.scans": 5 } } },
  };
  const hour = { tenantId: "kestrel", produce: { 1: 40_000, 2: 10_000, 3: 0 }, consume: { 1: 20_000, 2: 20_000 } };

  it.each<[string, Partial<RequestOf<"brake">>, Parameters<typeof pastHours>[0], RegExp]>([
    [
      "is told as a part of the demand",
      {},
      hour,
      /^throttles: About 40 % of what Kestrel produces on c1 is cut off\. Its producers wait, and fail/,
    ],
    [
      "is nothing, where it stayed below",
      { produceBytesPerSecond: 45_000 },
      hour,
      /^note: On c1 Kestrel stayed below 45 kB\/s a broker to produce in the last hour/,
    ],
    ["is not known, where nothing was kept", {}, { tenantId: "other" }, /^unseen: Nothing is known of what Kestrel did on c1/],
    [
      "builds up lag",
      { consumeBytesPerSecond: 5_000, minutes: 10 },
      hour,
      /^throttles: The groups of Kestrel on c1 fall behind by 15\.0 kB\/s: 9\.00 MB in 10 min, about 3000 records\.$/,
    ],
    ["ends by itself", {}, hour, /^fine: It ends by itself about 10:30 UTC/],
  ])("%s", (_what, given, past, sentence) => {
    const found = told(ask(given), goldenFacts({ clusters: { c1: cluster }, pastHours: pastHours(past) }));
    expect(found.consequences).toContainEqual(expect.stringMatching(sentence));
    expect(found.has(/^breach/)).toBe(false);
  });
});

describe("releasing a brake", () => {
  const release = { kind: "brake-release", tenantId: "kestrel" } as const;

  it("puts back what was there before", () => {
    const before = facts(OWN, rule({ user: "kestrel", clientId: "app" }, 30_000));
    const { after } = braked(before);
    const { plan, title } = told(release, after);
    expect(title).toBe("Release the brake on Kestrel");
    expect(writtenState(applyTo(after, plan.operations))).toEqual(writtenState(before));
    expect(plan.operations.every(({ phase }) => phase === "loosen")).toBe(true);
  });

  it("is what reverting it does too, at its end", () => {
    const before = facts(OWN);
    const { after, brake } = braked(before);
    const operations = brake.operations.map((operation) => ({ ...operation, state: "applied" }));
    const reverted = { ...after, reverted: { id: 7, kind: "brake", title: "Brake Kestrel", state: "applied" as const, operations } };
    const { plan, refusals } = told({ kind: "revert", changeId: 7 }, reverted);
    expect(refusals).toEqual([]);
    expect(writtenState(applyTo(after, plan.operations))).toEqual(writtenState(before));
  });

  it("leaves alone what somebody changed meanwhile, and says so", () => {
    const { after } = braked(facts(OWN), ask({ produceBytesPerSecond: 9_000, consumeBytesPerSecond: 9_000 }));
    const elsewhere = applyTo(after, [
      { target: { kind: "quota", clusterId: "c1", entity: { user: "kestrel" }, key: "producer_byte_rate" }, after: "77" },
    ]);
    const { operations, leftOut } = told(release, elsewhere);
    expect(operations).toEqual(["user kestrel consumer_byte_rate: 9000 → 100000"]);
    expect(leftOut).toEqual(["It was changed again since: it is 77 now, and stays so."]);
  });

  it.each(["brake-release", "revert"] as const)(
    "is refused as a %s while a cluster cannot be read, and nothing of it is left out",
    (kind) => {
      const { after, brake } = braked(facts(OWN));
      const operations = brake.operations.map((operation) => ({ ...operation, state: "applied" }));
      const clusters = new Map([...after.clusters].map(([id, cluster]) => [id, { ...cluster, quotas: null }]));
      const reverted = { id: 7, kind: "brake", title: "Brake Kestrel", state: "applied" as const, operations };
      const request = kind === "revert" ? { kind, changeId: 7 } : release;
      expect(told(request, { ...after, clusters, reverted }).refusals).toEqual(["The quotas of c1 could not be read."]);
      // Where the cluster is not even among the facts yet, as just after a start.
      expect(told(request, { ...after, clusters: new Map(), reverted }).refusals).toEqual(["The quotas of c1 could not be read."]);
    },
  );

  describe("of a brake on two clusters", () => {
    const both = tenant("kestrel");
    const [placement] = both.placements;
    if (placement === undefined) throw new Error("no placement");
    const twice = { ...both, name: "Kestrel", placements: ["c1", "c2"].map((cluster) => ({ ...placement, cluster, promiseShare: 0.5 })) };
    const spec = { tenants: [twice], clusters: { c1: goldenCluster([OWN]), c2: goldenCluster([OWN]) } };

    function ended(kind: "brake-release" | "revert", change: (facts: PlanFacts) => Partial<PlanFacts>) {
      const { after, brake } = braked(goldenFacts(spec));
      expect(brake.operations).toHaveLength(2);
      const operations = brake.operations.map((operation) => ({ ...operation, state: "applied" }));
      const reverted = { id: 7, kind: "brake", title: "Brake Kestrel", state: "applied" as const, operations };
      const request = kind === "revert" ? { kind, changeId: 7 } : release;
      return told(request, { ...after, reverted, ...change(after) });
    }
    const unread =
      (...ids: string[]) =>
      ({ clusters }: PlanFacts) => ({
        clusters: new Map([...clusters].map(([id, cluster]) => [id, ids.includes(id) ? { ...cluster, quotas: null } : cluster])),
      });
    const gone =
      (...ids: string[]) =>
      ({ clusters }: PlanFacts) => ({
        clusters: new Map([...clusters].filter(([id]) => !ids.includes(id))),
        unconnected: new Set(ids),
      });

    it.each(["brake-release", "revert"] as const)("does not wait as a %s for one that cannot be read", (kind) => {
      const { plan, refusals, leftOut, has } = ended(kind, unread("c1"));
      expect(refusals).toEqual([]);
      expect(leftOut).toEqual([]);
      // Each by itself: what fails on one keeps nothing on the other.
      expect(plan.operations.map(({ target, unit }) => [clusterOf(target), unit])).toEqual([
        ["c2", "tenant:kestrel"],
        ["c1", "cluster:c1"],
      ]);
      expect(has(/^unseen: The quotas of c1 could not be read\. What the brake set there is taken back once the cluster answers\.$/)).toBe(
        true,
      );
    });

    it.each(["brake-release", "revert"] as const)("is refused as a %s while none can be read", (kind) => {
      expect(ended(kind, unread("c1", "c2")).refusals).toEqual([
        "The quotas of c1 could not be read.",
        "The quotas of c2 could not be read.",
      ]);
    });

    it.each(["brake-release", "revert"] as const)("goes on as a %s without one that is no longer connected", (kind) => {
      const { plan, refusals, has } = ended(kind, gone("c1"));
      expect(refusals).toEqual([]);
      expect(plan.operations.map(({ target }) => clusterOf(target))).toEqual(["c2", "c1"]);
      expect(has(/^unseen: c1 is no longer connected to be written to: what the brake set there stays\.$/)).toBe(true);
    });

    it("is refused to a person where nothing is connected any more, and put on the record at its end", () => {
      expect(ended("brake-release", gone("c1", "c2")).refusals).toEqual([expect.stringMatching(/no longer connected to be written to/)]);
      const { plan, refusals } = ended("revert", gone("c1", "c2"));
      expect([plan.operations.length, refusals]).toEqual([2, []]);
    });

    it("leaves nobody out and is refused by no cluster that is only observed now", () => {
      const { plan, refusals } = ended("revert", ({ clusters }) => ({
        clusters: new Map(
          [...clusters].map(([id, cluster]) => [id, { ...cluster, mode: "observe" as const, managedElsewhere: "Terraform" }]),
        ),
      }));
      expect([plan.operations.length, plan.leftOut, refusals]).toEqual([2, [], []]);
    });
  });

  it("is refused while it is still being written, with the change to wait for", () => {
    const { after } = braked(facts(OWN));
    const brakesInWriting = new Map([["kestrel", 7]]);
    for (const brakes of [after.brakes, new Map()]) {
      const { plan, refusals } = told(release, { ...after, brakes, brakesInWriting });
      expect(refusals).toEqual(["The brake on Kestrel is still being written: it would go on after a release."]);
      expect(plan.refusals[0]?.link?.label).toBe("Change 7");
    }
    expect(told(release, { ...after, brakesInWriting: new Map([["other", 9]]) }).refusals).toEqual([]);
  });

  it("is refused where there is none", () => {
    expect(told(release, facts(OWN)).refusals).toEqual(["Kestrel is under no brake."]);
  });

  it("stands before any other change of the rules it holds", () => {
    const { after } = braked(facts(OWN));
    const quota: RequestOf<"quota"> = { kind: "quota", scope: { tenantIds: ["kestrel"] }, produceBytesPerSecond: 60_000 };
    expect(told(quota, after).refusals).toEqual([expect.stringMatching(/^Kestrel is under a brake until/)]);
    expect(told(quota, facts(OWN)).refusals).toEqual([]);
  });
});
