import { describe, expect, test } from "vitest";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { Registry } from "@/lib/domain/registry";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { AT, AT_MS, client, cluster, poolTenant, registry, rule, tenant, unreadCluster } from "@/lib/domain/testing/cluster-fixture";
import { type AssembledFleet, assembleFleet } from "./assemble-fleet";

function assemble(declared: Registry, clusters: ClusterSnapshot[], previous?: AssembledFleet, at = AT): AssembledFleet {
  return assembleFleet({ registry: declared, clusters, memory: previous?.memory ?? EMPTY_MEMORY, at }, previous?.fleet);
}

function stateOf({ fleet }: AssembledFleet, id: string) {
  const state = fleet.tenants.get(id);
  if (state === undefined) throw new Error(`no tenant ${id}`);
  return state;
}

const service = { cluster: "c1", principal: { kind: "scram", name: "pool-service" }, role: "service" } as const;
const rules = ({ fleet }: AssembledFleet) => fleet.conditions.map(({ rule: name, tenantId }) => `${name} ${tenantId ?? "-"}`);

describe("a tenant on topics of its own", () => {
  const topics = ["acme.orders", "acme.events"];
  const declared = registry([tenant("acme")]);

  test("is measured by its principal against the quota in force", () => {
    const clients = { 1: [client("acme", 800)], 2: [client("acme", 100)] };
    const found = stateOf(assemble(declared, [cluster({ topics, quotas: [rule({ user: "acme" }, 1250, 2500)], clients })]), "acme");
    expect(found.produce).toMatchObject({
      state: "free",
      bytesPerSecond: { source: "measured", value: 900 },
      worst: { brokerId: 1, share: 0.64, bucket: "user acme" },
      promise: { bytesPerSecond: 3000, share: 0.3, state: "within" },
      throttleVisible: true,
    });
    expect(found.row).toMatchObject({ model: "bridge", attention: null, storageBytes: 3000, produce: { share: 0.64, promiseShare: 0.3 } });
    expect(found.storageWithReplicasBytes).toMatchObject({ value: 9000 });
    expect(found.topics.map(({ topic }) => topic)).toEqual(topics);
    expect(found.cannotSee).toEqual([]);
  });

  test("throttled on one broker and below its promise in total is our breach", () => {
    const clients = { 1: [client("acme", 1200, { produceThrottleMs: 300 })], 2: [client("acme", 100)] };
    const result = assemble(declared, [cluster({ topics, quotas: [rule({ user: "acme" }, 1250, 2500)], clients })]);
    expect(stateOf(result, "acme").produce).toMatchObject({
      state: "throttled-below-promise",
      bytesPerSecond: { value: 1300, atLeast: true },
    });
    expect(stateOf(result, "acme").row.attention).toMatchObject({ severity: "danger", label: "Throttled below promise" });
  });

  test("without per-principal series is derived from its topics, and cannot be seen throttled", () => {
    const found = stateOf(
      assemble(declared, [cluster({ topics, rates: { "acme.orders": [200, 50, 0], "acme.events": [0, 0, 7] } })]),
      "acme",
    );
    expect(found.produce).toMatchObject({ state: "no-limit", bytesPerSecond: { source: "derived", value: 257 }, throttleVisible: false });
    expect(found.consume.note).toMatch(/every reader/);
    expect(found.cannotSee.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^No producer_byte_rate quota/),
      expect.stringMatching(/^No consumer_byte_rate quota/),
    ]);
  });

  test("with its topics written by others says so", () => {
    const spec = { topics, quotas: [rule({ user: "acme" }, 1250)], rates: { "acme.orders": [9000, 9000, 0] as [number, number, number] } };
    const found = stateOf(assemble(declared, [cluster({ ...spec, clients: { 1: [client("acme", 10)] } })]), "acme");
    expect(found.produce.note).toMatch(/others write to them too/);
    expect(found.consume.note).toBeNull();
  });

  test("without any identity leads with its topics' bytes, and its limit is not known", () => {
    const alone = registry([tenant("acme", { topics: [{ prefix: "acme." }] })]);
    const result = assemble(alone, [cluster({ topics, rates: { "acme.orders": [200, 50, 0] }, quotas: [rule({ user: null }, 10)] })]);
    expect(stateOf(result, "acme").produce).toMatchObject({
      state: "unknown",
      bytesPerSecond: { source: "derived", value: 250 },
      promise: { state: "within" },
    });
    expect(rules(result)).toContain("tenant.no-identity acme");
  });

  test("whose names fit nothing is told so", () => {
    const found = stateOf(assemble(declared, [cluster({ topics: ["other"] })]), "acme");
    expect(found.storageBytes).toEqual({ source: "measured", value: 0, at: AT });
    expect(found.cannotSee.map(({ what }) => what)).toContain("Topics of its own");
  });
});

describe("tenants of a pool", () => {
  const declared = registry(
    [
      poolTenant("p1"),
      poolTenant("p2"),
      tenant("mix", {}, { model: "pool", stream: "shared", topics: [{ prefix: "pool." }], record: { key: true } }),
    ],
    [service],
  );
  const spec = { topics: ["pool.clicks", "pool.orders"], groups: { indexer: { behind: { "pool.clicks": 5, "pool.orders": 9 } } } };
  const result = assemble(declared, [
    cluster({
      ...spec,
      rates: { "pool.clicks": [500, 0, 0] },
      quotas: [rule({ user: "pool-service" }, 9000)],
      clients: { 1: [client("pool-service", 500)] },
    }),
  ]);

  test("share topics, groups and storage, and nothing of that is theirs alone", () => {
    const { produce, row, storageBytes, topics, groups } = stateOf(result, "p1");
    expect(produce).toMatchObject({
      state: "unknown",
      bytesPerSecond: { source: "unavailable", reason: expect.stringContaining("service principal pool-service") },
      worst: null,
    });
    expect(produce.promise).toEqual({ bytesPerSecond: 3000, share: null, state: "unknown" });
    expect(row).toMatchObject({
      model: "pool",
      storageBytes: null,
      storageNote: "shared",
      lag: { state: "shared", groupId: "indexer", recordsBehind: 42 },
    });
    expect(storageBytes).toMatchObject({ source: "unavailable", reason: expect.stringContaining("2 shared topics") });
    expect(topics.map(({ owner }) => owner.kind)).toEqual(["shared", "shared"]);
    expect(groups[0]?.owner).toEqual({ kind: "shared", tenantCount: 3, tenantIds: ["mix", "p1", "p2"] });
  });

  test("are one list for all of them", () => expect(stateOf(result, "p1").topics).toBe(stateOf(result, "p2").topics));

  test("a tenant that is partly in it is mixed, and its sums are at least", () => {
    expect(stateOf(result, "mix").row).toMatchObject({ model: "mixed", models: ["pool", "bridge"] });
  });
});

describe("groups", () => {
  const topics = ["acme.orders"];
  const declared = registry([tenant("acme")]);
  const lag = (groups: NonNullable<Parameters<typeof cluster>[0]>["groups"]) =>
    assemble(declared, [cluster({ topics, groups: groups ?? {} })]);

  test.each([
    ["keeping up", { behind: { "acme.orders": 30 } }, "ok", []],
    ["past the tier's objective", { behind: { "acme.orders": 130 } }, "behind", ["lag.behind acme"]],
    ["stuck", { behind: { "acme.orders": 400 }, movedMsAgo: 360_000 }, "stuck", ["lag.stuck acme"]],
    ["losing", { behind: { "acme.orders": 950 } }, "losing", ["lag.losing acme"]],
  ])("%s", (_, group, state, expected) => {
    const result = lag({ "acme.app": group });
    expect(stateOf(result, "acme").lag).toMatchObject({ state, groupId: "acme.app", clusterId: "c1" });
    expect(rules(result).filter((name) => name.startsWith("lag."))).toEqual(expected);
  });

  test("that are several tenants' are told with their cluster, once", () => {
    const pooled = registry([poolTenant("p1"), poolTenant("p2")], [service]);
    const result = assemble(pooled, [
      cluster({ topics: ["pool.a"], groups: { indexer: { behind: { "pool.a": 400 }, movedMsAgo: 360_000 } } }),
    ]);
    expect(rules(result)).toContain("lag.stuck -");
    expect(result.fleet.groups.get("c1")?.get("indexer")?.objectiveMs).toBe(120_000);
  });
});

describe("what is missing", () => {
  const declared = registry([tenant("acme")]);

  test("a cluster that never answered has no numbers, not zeros", () => {
    const { fleet } = assemble(declared, [unreadCluster()]);
    expect(fleet.summaries.get("c1")).toMatchObject({
      state: "starting",
      brokersAlive: null,
      topics: null,
      groups: null,
      unownedTopics: null,
      tenants: 1,
      at: null,
    });
    expect(fleet.at).toBeNull();
    const { row } = fleet.tenants.get("acme") ?? {};
    expect(row).toMatchObject({
      produce: { state: "unknown", bytesPerSecond: null },
      storageBytes: null,
      storageNote: "unknown",
      lag: { state: "unknown", reason: "The groups of c1 have not been read." },
    });
  });

  test("groups that were not read are not none, until they were", () => {
    const unread = cluster();
    const before = { ...unread, parts: { ...unread.parts, offsets: { ...unread.parts.offsets, at: null } } };
    const first = assemble(declared, [before]);
    expect(stateOf(first, "acme").row.lag).toMatchObject({ state: "unknown", groupId: null });
    expect(stateOf(assemble(declared, [unread], first), "acme").row.lag).toMatchObject({ state: "none", reason: null });
  });

  test("a cluster that refuses is unreachable, in its own words", () => {
    const problem = { code: "authentication" as const, operation: "SaslAuthenticate", message: "Wrong password" };
    const { fleet } = assemble(declared, [unreadCluster("c1", [problem])]);
    expect(fleet.summaries.get("c1")).toMatchObject({ state: "unreachable", sentence: "Wrong password." });
    expect(fleet.tenants.get("acme")?.cannotSee.length).toBeGreaterThan(0);
  });

  test("a cluster without a connection is named", () => {
    expect(stateOf(assemble(declared, []), "acme")).toMatchObject({
      produce: { state: "unknown", bytesPerSecond: { reason: "The console has no connection named c1." } },
      cannotSee: [{ reason: "The console has no connection named c1.", clusterId: "c1" }],
    });
  });

  test("a broker whose exporter does not answer makes sums at least", () => {
    const spec = {
      topics: ["acme.a"],
      quotas: [rule({ user: "acme" }, 1250)],
      clients: { 1: [client("acme", 500)] },
      rates: { "acme.a": [500, 0, 9] as [number, number, number] },
    };
    const result = assemble(declared, [cluster({ ...spec, unread: [3] })]);
    expect(stateOf(result, "acme").produce).toMatchObject({ bytesPerSecond: { value: 500, atLeast: true }, promise: { state: "unknown" } });
    expect(result.fleet.topics.get("c1")?.get("acme.a")?.bytesInPerSecond).toMatchObject({ value: 500, atLeast: true });
    expect(result.fleet.summaries.get("c1")?.bytesInPerSecond).toMatchObject({ value: 20, atLeast: true });
  });

  test("a dead broker is missing, and its partitions are under-replicated", () => {
    const result = assemble(declared, [cluster({ topics: ["acme.a"], deadBrokers: [2] })]);
    expect(result.fleet.summaries.get("c1")).toMatchObject({
      state: "degraded",
      brokersAlive: 2,
      brokersKnown: 3,
      sentence: "Broker 2 missing; 3 partitions under-replicated.",
    });
    expect(rules(result)).toEqual(expect.arrayContaining(["broker.missing -", "partition.under-replicated -"]));
    expect(result.fleet.summaries.get("c1")?.storageBytes).toMatchObject({
      value: 4500,
      note: "The logs of broker 2 are counted as they were last seen.",
    });
  });

  test("what belongs to nobody is counted and told", () => {
    const result = assemble(declared, [
      cluster({
        topics: ["acme.a", "export-tmp", "__consumer_offsets"],
        quotas: [rule({ user: "acme" }, 1250, 2500)],
        groups: { console: { behind: { "export-tmp": 1 } } },
      }),
    ]);
    expect(result.fleet.summaries.get("c1")).toMatchObject({ state: "healthy", topics: 3, unownedTopics: 1, groups: 1, unownedGroups: 1 });
    expect(rules(result)).toEqual(["topic.unowned -", "group.unowned -"]);
  });
});

describe("over time", () => {
  const declared = registry([tenant("acme")]);
  const later = (minutes: number) => new Date(AT_MS + minutes * 60_000).toISOString();

  test("traffic above its quota for three minutes is not bound by it", () => {
    const above = (at: string) =>
      cluster({ at, topics: ["acme.a"], quotas: [rule({ user: "acme" }, 100, 9000)], clients: { 1: [client("acme", 150)] } });
    let result = assemble(declared, [above(AT)]);
    const states = [stateOf(result, "acme").produce.state];
    for (const minutes of [1, 2, 3]) {
      result = assemble(declared, [above(later(minutes))], result, later(minutes));
      states.push(stateOf(result, "acme").produce.state);
    }
    expect(states).toEqual(["near", "near", "near", "not-in-force"]);
    expect([...result.memory.aboveQuotaSinceMs.values()]).toEqual([AT_MS]);
  });

  test("time counts also where no new reading came", () => {
    const same = cluster({ topics: ["acme.a"], quotas: [rule({ user: "acme" }, 100, 9000)], clients: { 1: [client("acme", 150)] } });
    let result = assemble(declared, [same]);
    for (const minutes of [1, 3]) result = assemble(declared, [same], result, later(minutes));
    expect(stateOf(result, "acme").produce.state).toBe("not-in-force");
  });

  test("a condition keeps its beginning, and what ends is forgotten", () => {
    const stuck = (at: string) =>
      cluster({ at, topics: ["acme.a"], groups: { "acme.app": { behind: { "acme.a": 400 }, movedMsAgo: 360_000 } } });
    const first = assemble(declared, [stuck(AT)]);
    const second = assemble(declared, [stuck(later(1))], first, later(1));
    expect(second.fleet.conditions.find(({ rule: name }) => name === "lag.stuck")?.since).toBe(AT);
    const third = assemble(
      declared,
      [cluster({ at: later(2), topics: ["acme.a"], groups: { "acme.app": { behind: { "acme.a": 0 } } } })],
      second,
      later(2),
    );
    expect(third.fleet.conditions.map(({ rule: name }) => name)).not.toContain("lag.stuck");
    expect([...third.memory.conditionsSince.keys()].join()).not.toContain("lag.stuck");
  });

  test("a group's last member leaving is seen, and when its commits expire is told from then on", () => {
    const withState = (at: string, state: "Stable" | "Empty") =>
      cluster({ at, topics: ["acme.a"], groups: { "acme.app": { behind: { "acme.a": 1 }, state } } });
    const first = assemble(declared, [withState(AT, "Stable")]);
    const second = assemble(declared, [withState(later(1), "Empty")], first, later(1));
    const third = assemble(declared, [withState(later(9), "Empty")], second, later(9));
    const group = third.fleet.groups.get("c1")?.get("acme.app");
    expect(group).toMatchObject({ state: "no-members", commitsExpireAt: "2026-11-30T10:01:00.000Z", reason: null });
    const unseen = assemble(declared, [withState(AT, "Empty")])
      .fleet.groups.get("c1")
      ?.get("acme.app");
    expect(unseen?.reason).toMatch(/may expire earlier/);
  });

  test("silence is told after a while", () => {
    const quiet = (at: string) =>
      cluster({ at, topics: ["acme.a"], quotas: [rule({ user: "acme" }, 100)], clients: { 1: [client("other", 1)] } });
    const first = assemble(declared, [quiet(AT)]);
    expect(stateOf(first, "acme").produce.state).toBe("idle");
    expect(rules(first)).not.toContain("tenant.silent acme");
    expect(rules(assemble(declared, [quiet(later(20))], first, later(20)))).toContain("tenant.silent acme");
  });
});
