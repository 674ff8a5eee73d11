import { describe, expect, test } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY, type FleetMemory } from "@/lib/domain/fleet-memory";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Tenant } from "@/lib/domain/tenant";
import { AT, client, cluster, poolTenant, registry, rule, tenant, unreadCluster } from "@/lib/domain/testing/cluster-fixture";
import { overviewSteps } from "./overview";
import { overviewSentence, type SentenceInput } from "./overview-sentence";
import { drain } from "./steps";
import type { Tier } from "./tier";

const LATER = "2026-11-23T11:00:00.000Z";

function overview(tenants: Tenant[], clusters: ClusterSnapshot[], scope: string | null = null, memory: FleetMemory = EMPTY_MEMORY) {
  return drain(overviewSteps(assembleFleet({ registry: registry(tenants), clusters, memory, at: AT }).fleet, scope));
}

/** acme is throttled below its promise on broker 1, bolt is well, the pool's tenant cannot be told apart. */
const throttled = cluster({
  topics: ["acme.orders", "bolt.orders", "pool.orders"],
  quotas: [rule({ user: "acme" }, 1250, 2500), rule({ user: "bolt" }, 1250, 2500)],
  clients: { 1: [client("acme", 1250, { produceThrottleMs: 400 }), client("bolt", 100)] },
  groups: { "bolt.indexer": { behind: { "bolt.orders": 700 }, movedMsAgo: 700_000 } },
});
const fleet = [tenant("acme"), tenant("bolt"), poolTenant("puddle")];

describe("the overview", () => {
  test("counts tenants by model, a mixed one once, and one without a placement", () => {
    const mixed = tenant(
      "mixed",
      { model: "bridge", topics: [{ prefix: "mixed." }] },
      { model: "silo", cluster: "c2", topics: [{ glob: "*" }] },
    );
    const nowhere = { ...tenant("nowhere"), placements: [] };
    const { tenants, clusters } = overview([...fleet, mixed, nowhere], [throttled, cluster({ id: "c2" })]);
    expect(tenants).toEqual({ total: 5, models: { pool: 1, bridge: 2, silo: 0, mixed: 1, unplaced: 1 } });
    expect(clusters.map(({ id, placements }) => [id, placements])).toEqual([
      ["c1", { pool: 1, bridge: 3, silo: 0 }],
      ["c2", { pool: 0, bridge: 0, silo: 1 }],
    ]);
  });

  test("sums what tiers promise, each cluster its share, and never the live quota", () => {
    const split = tenant("split", { share: 0.25 }, { cluster: "c2", model: "bridge", stream: "two" });
    const found = overview([tenant("acme"), split], [throttled, cluster({ id: "c2" }), cluster({ id: "c3" })]);
    expect(found.promisedProduceBytesPerSecond).toBe(6000);
    expect(found.promisedConsumeBytesPerSecond).toBe(12_000);
    expect(found.clusters.map(({ promisedBytesPerSecond }) => promisedBytesPerSecond)).toEqual([3750, 2250, null]);
    expect(overview([split], [throttled, cluster({ id: "c2" })], "c2").promisedProduceBytesPerSecond).toBe(2250);
  });

  test("says of whom nothing can be said, and counts them for nothing else", () => {
    const { nearOrOverQuota, pastLagObjective, tiers } = overview(fleet, [throttled]);
    expect(nearOrOverQuota).toEqual({ tenants: 1, throttled: 1, unknown: 1 });
    expect(pastLagObjective).toEqual({ tenants: 1, stuck: 1, unknown: 0 });
    expect(tiers).toMatchObject([
      {
        id: "gold",
        tenants: 3,
        promisedProduceBytesPerSecond: 9000,
        needAttention: 2,
        produceBytesPerSecond: { value: 1350, atLeast: true },
      },
    ]);
  });

  test("leaves out tiers that are no longer given and that nobody has", () => {
    const declared = registry([tenant("acme")]);
    const [gold] = declared.tiers;
    if (gold === undefined) throw new Error("no tier");
    const copper = { ...gold, id: "copper", archived: true as const };
    const of = (tiers: Tier[]) =>
      drain(
        overviewSteps(assembleFleet({ registry: { ...declared, tiers }, clusters: [throttled], memory: EMPTY_MEMORY, at: AT }).fleet, null),
      );
    expect(of([gold, copper]).tiers.map(({ id }) => id)).toEqual(["gold"]);
    expect(of([{ ...gold, archived: true }]).tiers.map(({ id }) => id)).toEqual(["gold"]);
  });

  test("a fleet total with a cluster that was not read reads at least, and without any is unknown", () => {
    expect(overview([], [throttled, unreadCluster("c2")]).produceBytesPerSecond).toMatchObject({ value: 30, atLeast: true });
    expect(overview([], [unreadCluster()]).produceBytesPerSecond.source).toBe("unavailable");
    expect(overview([], []).produceBytesPerSecond).toMatchObject({ source: "unavailable", reason: "No cluster is connected." });
  });

  test("sets apart what is acknowledged until its time is over, and no row asks for attention for it", () => {
    const id = "limit.throttled-below-promise|c1|acme|produce";
    const seen = (until: string): FleetMemory => ({
      ...EMPTY_MEMORY,
      acknowledgements: new Map([[id, { by: "ada", until, reason: "known" }]]),
    });
    const before = overview([tenant("acme")], [throttled]);
    expect(before.attention.map((one) => one.id)).toContain(id);
    expect(before).toMatchObject({ acknowledged: [], tiers: [{ needAttention: 1 }], tenantNames: { acme: "acme" } });
    const after = overview([tenant("acme")], [throttled], null, seen(LATER));
    expect(after.attention.map((one) => one.id)).not.toContain(id);
    expect(after).toMatchObject({
      acknowledgedTotal: 1,
      acknowledged: [{ id, acknowledged: { by: "ada" } }],
      tiers: [{ needAttention: 0 }],
    });
    expect(after.sentence.text).toContain("1 tenant throttled below promise");
    expect(overview([tenant("acme")], [throttled], null, seen(AT)).acknowledgedTotal).toBe(0);
  });

  test("of one cluster has its tenants, its conditions and nothing of the others", () => {
    const there = tenant("there", { cluster: "c2", topics: [{ prefix: "there." }] });
    const found = overview([...fleet, there], [throttled, cluster({ id: "c2", deadBrokers: [3] })], "c2");
    expect(found).toMatchObject({ tenants: { total: 1 }, clusters: [{ id: "c2" }], nearOrOverQuota: { tenants: 0 } });
    expect(new Set(found.attention.map(({ clusterId }) => clusterId))).toEqual(new Set(["c2"]));
  });
});

describe("the sentence", () => {
  const well: SentenceInput = {
    tenants: 3,
    throttledBelowPromise: 0,
    losingRecords: 0,
    stuck: 0,
    pastLagObjective: 0,
    throttledAtQuota: 0,
    unknown: 0,
    clusters: [...assembleFleet({ registry: registry([]), clusters: [cluster()], memory: EMPTY_MEMORY, at: AT }).fleet.summaries.values()],
    leaderlessPartitions: 0,
  };
  const summaries = (...clusters: ClusterSnapshot[]) => [
    ...assembleFleet({ registry: registry([]), clusters, memory: EMPTY_MEMORY, at: AT }).fleet.summaries.values(),
  ];
  const problem = { code: "unreachable" as const, operation: "Metadata", message: "No broker answers." };

  test.each<[string, Partial<SentenceInput>, string | null, string]>([
    [
      "a fleet that is well",
      {},
      null,
      "No tenant is seen throttled or past its lag objective. All 3 brokers are up; every partition has a leader.",
    ],
    [
      "trouble of tenants, worst first",
      { throttledBelowPromise: 2, pastLagObjective: 5 },
      "danger",
      "2 tenants throttled below promise, 5 past their lag objective. All 3",
    ],
    ["one tenant", { throttledAtQuota: 1 }, "warn", "1 tenant throttled at their quota."],
    ["tenants that cannot be judged", { unknown: 40 }, null, "past its lag objective, and 40 cannot be judged."],
    ["a missing broker", { clusters: summaries(cluster({ deadBrokers: [2] })) }, "danger", "1 of 3 brokers is missing; every partition"],
    ["partitions without a leader", { leaderlessPartitions: 4 }, "danger", "All 3 brokers are up; 4 partitions without a leader."],
    [
      "a cluster that cannot be reached",
      { clusters: summaries(cluster(), unreadCluster("c2", [problem])) },
      "danger",
      "c2 cannot be reached. All 3 brokers that can be seen are up",
    ],
    ["clusters that were not read yet", { clusters: summaries(unreadCluster()) }, null, "No cluster has been read yet."],
    ["no cluster", { clusters: [] }, null, "No cluster is connected yet."],
    ["no tenant", { tenants: 0 }, null, "No tenant is declared yet."],
  ])("of %s", (_what, changes, severity, words) => {
    const sentence = overviewSentence({ ...well, ...changes });
    expect(sentence.text).toContain(words);
    expect(sentence.severity).toBe(severity);
  });
});
