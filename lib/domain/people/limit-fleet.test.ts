import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { isolationView } from "@/lib/domain/compare/isolation-view";
import { costOf } from "@/lib/domain/cost/fleet-cost";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { ClusterNoise } from "@/lib/domain/noise/noise";
import type { PoolEpisode, PoolLevel } from "@/lib/domain/noise/pool/pool-noise";
import { AT, cluster, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import { mixedFleet } from "@/lib/operations/testing/mixed-fleet";
import { limitFleet } from "./limit-fleet";
import { noiseWithin } from "./noise-within";
import { OTHER_TENANT } from "./other-tenant";
import { isWithin, limitsOrNull } from "./role-limits";

const fleet = mixedFleet(3, 3);
const NONE = { tenants: [], tiers: [], clusters: [] };
const BRIDGE = "bridge-tenant-0001";
const POOL = "pool-tenant-0000";

describe("limits", () => {
  const placed = (...clusters: string[]) => ({ id: "acme", tier: "gold", placements: clusters.map((cluster) => ({ cluster })) as never });
  it.each([
    ["nothing", NONE, true],
    ["the tenant", { ...NONE, tenants: ["acme"] }, true],
    ["its tier", { ...NONE, tenants: ["other"], tiers: ["gold"] }, true],
    ["another tenant", { ...NONE, tenants: ["acme2"] }, false],
    ["both its clusters", { ...NONE, clusters: ["a", "b"] }, true],
    ["one of its clusters", { ...NONE, clusters: ["a"] }, false],
    ["the tenant elsewhere", { ...NONE, tenants: ["acme"], clusters: ["c"] }, false],
  ])("that name %s", (_what, limits, within) => {
    expect(isWithin(limits, placed("a", "b"))).toBe(within);
  });

  it("that name nothing are none", () => {
    expect(limitsOrNull(NONE)).toBeNull();
    expect(limitsOrNull({ ...NONE, tenants: ["b", "a", "b"] })).toEqual({ ...NONE, tenants: ["a", "b"] });
  });
});

describe("a limited fleet", () => {
  const seen = limitFleet(fleet, { ...NONE, tenants: [BRIDGE, POOL] }, new Map());
  const text = JSON.stringify([
    [...seen.tenants.values()],
    [...seen.topics.values()].map((topics) => [...topics.values()]),
    [...seen.groups.values()].map((groups) => [...groups.values()]),
    seen.conditions,
    [...seen.tiers.values()],
    seen.services,
  ]);

  it("has the tenants, their topics and groups, and the shared ones they are on", () => {
    expect([...seen.tenants.keys()].sort()).toEqual([BRIDGE, POOL]);
    const topics = [...seen.topics.values()].flatMap((names) => [...names.keys()]).sort();
    expect(topics).toEqual([`${BRIDGE}.events`, `${BRIDGE}.orders`, "shared.clickstream", "shared.orders", "shared.telemetry"]);
  });

  it("names nobody else, and tells how many share", () => {
    for (const other of ["bridge-tenant-0000", "bridge-tenant-0002", "pool-tenant-0001", "pool-tenant-0002"])
      expect(text).not.toContain(other);
    const [shared] = [...seen.topics.values()].map((topics) => topics.get("shared.orders"));
    expect(shared?.owner).toEqual({ kind: "shared", tenantCount: 3, tenantIds: [POOL] });
  });

  it("leaves the fleet itself as it is", () => {
    expect(fleet.tenants.size).toBe(6);
    expect(JSON.stringify([...fleet.topics.values()].map((topics) => topics.get("shared.orders")))).toContain("pool-tenant-0002");
  });

  it("has no cluster that is not named, and nothing of it", () => {
    const none = limitFleet(fleet, { ...NONE, clusters: ["elsewhere"] }, new Map());
    expect([none.clusters.size, none.summaries.size, none.tenants.size, none.topics.size, none.conditions.length]).toEqual([0, 0, 0, 0, 0]);
  });

  it("of a version that was replaced is its lists", () => {
    const lists = new Map([["a", { rows: null, keys: ["x"], keyOf: null, isPointedAt: true }]]);
    expect(limitFleet({ ...fleet, replaced: true, tenants: new Map() }, { ...NONE, tenants: [BRIDGE] }, lists).lists).toBe(lists);
  });
});

describe("the cost of a limited fleet", () => {
  const snapshot = {
    ...cluster({ topics: ["acme.a", "brindle.a"], rates: { "acme.a": [1e6, 1e6, 1e6], "brindle.a": [3e6, 3e6, 3e6] } }),
    msk: mskFacts({}, { region: "us-east-1" }),
  };
  const declared = registry([tenant("acme"), tenant("brindle")]);
  const whole = assembleFleet({ registry: declared, clusters: [snapshot], memory: EMPTY_MEMORY, at: AT }).fleet;
  const seen = limitFleet(whole, { ...NONE, tenants: ["acme"] }, new Map());
  const told = costOf(seen);

  it("is to a tenant what it is in the whole", () => {
    expect(told.tenants.get("acme")?.dollars).toBeGreaterThan(0);
    expect([...told.tenants]).toEqual([["acme", costOf(whole).tenants.get("acme")]]);
  });

  it("tells neither what the cluster costs nor what is idle or another's", () => {
    const lines = [...told.clusters.values()].flatMap((of) => of.lines);
    expect(lines.map(({ holder }) => holder)).toEqual(lines.map(() => ({ kind: "tenant", tenantId: "acme" })));
    const view = isolationView(seen, null, null);
    expect([view.costs.idle, view.costs.rest]).toEqual([null, null]);
    expect(isolationView(whole, null, null).costs.idle).not.toBeNull();
  });

  it("leaves out who is noisy there, but for whom they hurt", () => {
    const level = (tenantId: string) => ({ tenantId, brokerId: 1, resource: "in", share: 0.5 });
    const episode = (tenantId: string, victims: string[]) => ({
      level: level(tenantId),
      victims: victims.map((id) => ({ groupId: `${id}.app`, tenantId: id })),
      causes: [{ kind: "one-topic", sentence: `${tenantId}.a` }],
    });
    const told = {
      clusterId: snapshot.clusterId,
      levels: [level("acme"), level("brindle")],
      episodes: [episode("brindle", ["acme", "kite"]), episode("brindle", ["kite"]), episode("acme", ["brindle"])],
      findings: [{ sentence: "brindle" }],
    };
    const noise = new Map([[snapshot.clusterId, told as never]]);
    const own = limitFleet({ ...whole, noise }, { ...NONE, tenants: ["acme"] }, new Map()).noise?.get(snapshot.clusterId);
    expect(JSON.stringify(own)).not.toMatch(/brindle|kite/);
    expect(own?.levels.map(({ tenantId }) => tenantId)).toEqual(["acme"]);
    expect(own?.episodes.map(({ level: of, victims }) => [of.tenantId, victims.map(({ groupId }) => groupId)])).toEqual([
      [OTHER_TENANT, ["acme.app"]],
      ["acme", []],
    ]);
    const ofCluster = limitFleet({ ...whole, noise }, { ...NONE, clusters: [snapshot.clusterId] }, new Map()).noise;
    expect(ofCluster?.get(snapshot.clusterId)).toBe(told);
    expect(limitFleet({ ...whole, noise }, { ...NONE, clusters: ["elsewhere"] }, new Map()).noise?.size).toBe(0);
  });

  it("tells of who is in a shared topic, and of what is reported, those within alone", () => {
    const rows = ["acme", "brindle", null].map((tenantId) => ({ tenantId, bytes: 1 }));
    const reported = new Map(["acme", "brindle"].map((id) => [id, { from: "a page", problem: null }]));
    const pool = { shares: new Map([["pool.a", { at: AT, draws: 9, rows } as never]]), reported };
    const clusters = new Map([[snapshot.clusterId, { ...snapshot, pool }]]);
    const posture = new Map([[snapshot.clusterId, { at: AT, findings: [{ sentence: "brindle" }], unseen: {}, partly: {} } as never]]);
    const own = limitFleet({ ...whole, clusters, posture }, { ...NONE, tenants: ["acme"] }, new Map());
    const told = own.clusters.get(snapshot.clusterId)?.pool;
    expect(own.posture?.get(snapshot.clusterId)?.findings).toEqual([]);
    expect(told?.shares.get("pool.a")?.rows.map(({ tenantId }) => tenantId)).toEqual(["acme"]);
    expect([...(told?.reported.keys() ?? [])]).toEqual(["acme"]);
  });

  it("of a cluster alone is what it is in the whole, everybody's lines included", () => {
    const ofCluster = costOf(limitFleet(whole, { ...NONE, clusters: [snapshot.clusterId] }, new Map()));
    expect(ofCluster.clusters).toEqual(costOf(whole).clusters);
  });
});

describe("noise of a pool to somebody with limits", () => {
  const interval = { low: 0.3, value: 0.4, high: 0.5 };
  const level = (tenantId: string): PoolLevel => ({
    tenantId,
    resource: "in",
    source: "estimated",
    rate: interval,
    clusterRate: 1,
    share: interval,
    promiseBytesPerSecond: 1,
    promise: "above",
    because: null,
    entitlement: 0.1,
    times: interval,
    verdict: "noisy",
    sinceMs: 0,
  });
  const victim = (tenantId: string) => ({
    groupId: `${tenantId}.g`,
    tenantId,
    tenantCount: 1,
    beforeMs: 0,
    nowMs: 9,
    beforeRecords: 0,
    nowRecords: 9,
    objectiveMs: null,
  });
  const cause = { kind: "one-topic" as const, sentence: "Of one topic, secret.x.", topic: "secret.x" };
  const episode = (tenantId: string, ...hurt: string[]): PoolEpisode => ({
    level: level(tenantId),
    verdict: "noisy",
    pressures: [],
    peak: 0.3,
    victims: hurt.map(victim),
    mechanism: null,
    causes: [cause],
  });
  const noise: ClusterNoise = {
    clusterId: "c1",
    at: AT,
    levels: [],
    brokers: [],
    episodes: [],
    findings: [],
    unseen: null,
    pool: {
      clusterId: "c1",
      fromMs: 0,
      untilMs: 1,
      levels: [level("own"), level("other")],
      episodes: [episode("own", "other"), episode("other", "own", "third"), episode("third", "other")],
      findings: [],
      unseen: null,
    },
  };

  it("has what is within, and whoever hurt it without a name", () => {
    const pool = noiseWithin(noise, new Set(["own"])).pool;
    expect(pool?.levels.map(({ tenantId }) => tenantId)).toEqual(["own"]);
    expect(pool?.episodes.map(({ level: { tenantId }, victims }) => [tenantId, victims.map((one) => one.tenantId)])).toEqual([
      ["own", []],
      [OTHER_TENANT, ["own"]],
    ]);
    expect(pool?.episodes[1]?.causes).toEqual([]);
    expect(JSON.stringify(pool)).not.toMatch(/"(other|third)"|other\.g|third\.g/);
  });
});
