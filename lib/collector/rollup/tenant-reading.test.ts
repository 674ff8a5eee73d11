import { describe, expect, it } from "vitest";
import { NOT_SEEN, state, tenant, use } from "@/lib/collector/testing/fake-fleet";
import { measured } from "@/lib/domain/observed";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import type { BrokerUse } from "@/lib/domain/views/use";
import { directionReading, lagReading, storageReading } from "./tenant-reading";

const AT = "2026-01-01T00:00:00.000Z";
const acme = tenant("acme", "shared-1");
const both = tenant("both", "shared-1", "other");
const owned = { kind: "tenant" as const, tenantId: "both", by: "prefix" as const };

function broker(brokerId: number, bytesPerSecond: number, more: Partial<BrokerUse & { clusterId: string }> = {}) {
  return {
    brokerId,
    bytesPerSecond,
    source: "measured" as const,
    quotaBytesPerSecond: 1000,
    share: bytesPerSecond / 1000,
    throttleMs: 0,
    ...more,
  };
}

function topic(clusterId: string, more: Partial<TopicSummary> = {}): TopicSummary {
  return {
    clusterId,
    topic: "both.x",
    owner: owned,
    partitions: 1,
    replicationFactor: 1,
    leaderless: 0,
    underReplicated: 0,
    bytesInPerSecond: measured(40, AT),
    bytesOutPerSecond: NOT_SEEN,
    recordsInPerSecond: NOT_SEEN,
    sizeBytes: measured(500, AT),
    sizeWithReplicasBytes: NOT_SEEN,
    retentionMs: NOT_SEEN,
    groupCount: 0,
    ...more,
  };
}

function group(groupId: string, records: number | null, more: Partial<GroupSummary> = {}): GroupSummary {
  return {
    clusterId: "shared-1",
    groupId,
    type: "classic",
    kafkaState: "Stable",
    hasMembers: true,
    owner: owned,
    topics: [],
    state: "ok",
    reason: null,
    recordsBehind: records === null ? NOT_SEEN : measured(records, AT),
    timeBehindMs: NOT_SEEN,
    retentionShare: null,
    lostRecords: 0,
    stuckSince: null,
    commitsExpireAt: null,
    objectiveMs: null,
    ...more,
  };
}

describe("direction", () => {
  it("is not known where the rate is not, and zero where nothing flows", () => {
    expect(directionReading(state(acme), "shared-1", "produce")).toBeNull();
    expect(directionReading(state(acme, { produce: use(measured(0, AT)) }), "shared-1", "produce")).toMatchObject({
      bytesPerSecond: 0,
      quotaUse: null,
      near: null,
    });
  });

  it("says that throttling cannot be seen where it was not measured", () => {
    const unseen = use(measured(5, AT), [broker(1, 5, { throttleMs: null })], { throttleVisible: false });
    expect(directionReading(state(acme, { produce: unseen }), "shared-1", "produce")).toMatchObject({
      throttled: null,
      throttledBelowPromise: null,
    });
  });

  it("tells throttled below its promise from throttled above it", () => {
    const throttled = [broker(1, 900, { throttleMs: 20 })];
    const promise = (state: "within" | "above" | "unknown") => ({ promise: { bytesPerSecond: 2000, share: null, state } });
    const judged = (state: "within" | "above" | "unknown") =>
      directionReading({ ...stateWith(use(measured(900, AT), throttled, promise(state))) }, "shared-1", "produce");
    expect(judged("within")).toMatchObject({ throttledBelowPromise: true, abovePromise: false });
    expect(judged("above")).toMatchObject({ throttledBelowPromise: false, abovePromise: true });
    expect(judged("unknown")).toMatchObject({ throttledBelowPromise: null, abovePromise: null });
  });

  it("counts a throttled minute as near the limit, whatever the mean rate", () => {
    expect(directionReading(stateWith(use(measured(400, AT), [broker(1, 400, { throttleMs: 9 })])), "shared-1", "produce")).toMatchObject({
      near: true,
      quotaUse: 0.4,
    });
    expect(directionReading(stateWith(use(measured(790, AT), [broker(1, 790)])), "shared-1", "produce")).toMatchObject({ near: false });
    expect(directionReading(stateWith(use(measured(800, AT), [broker(1, 800)])), "shared-1", "produce")).toMatchObject({ near: true });
  });

  it("of a tenant on two clusters is what its identities do on this one, else what its topics do", () => {
    const produce = use(measured(30, AT), [broker(1, 10), broker(1, 20, { clusterId: "other" })]);
    expect(directionReading(state(both, { produce }), "other", "produce")).toMatchObject({ bytesPerSecond: 20, source: "measured" });
    const topics = [topic("shared-1"), topic("other"), topic("other", { owner: { kind: "shared", tenantCount: 2, tenantIds: [] } })];
    const byTopics = state(both, { produce: use(measured(80, AT)), topics });
    expect(directionReading(byTopics, "other", "produce")).toMatchObject({ bytesPerSecond: 40, source: "derived" });
    expect(directionReading(byTopics, "other", "consume")).toBeNull();
  });

  it("adds several identities on one broker, and has no limit there if one has none", () => {
    const twoBuckets = use(measured(30, AT), [broker(1, 10)]);
    twoBuckets.buckets.push({
      clusterId: "shared-1",
      bucket: "user other",
      quota: null,
      brokers: [broker(1, 20, { throttleMs: 7 }), broker(2, 5, { quotaBytesPerSecond: null, share: null })],
    });
    expect(directionReading(stateWith(twoBuckets), "shared-1", "produce")?.brokers).toEqual([
      { brokerId: 1, bytesPerSecond: 30, quotaBytesPerSecond: 2000, throttleMs: 7 },
      { brokerId: 2, bytesPerSecond: 5, quotaBytesPerSecond: null, throttleMs: 0 },
    ]);
  });
});

describe("lag", () => {
  it("is that of the headline's group where it is on the cluster, else of the worst group with members", () => {
    const groups = [
      group("idle", 900, { hasMembers: false }),
      group("a", 5),
      group("b", 9, { timeBehindMs: measured(61_000.4, AT), objectiveMs: 60_000 }),
    ];
    const lag = { state: "ok" as const, clusterId: "shared-1", groupId: "a", recordsBehind: 5, timeBehindMs: null, reason: null };
    expect(lagReading(state(acme, { groups, lag }), "shared-1")).toEqual({ records: 5, timeMs: null, objectiveMissed: null });
    expect(lagReading(state(acme, { groups }), "shared-1")).toEqual({ records: 9, timeMs: 61_000, objectiveMissed: true });
  });

  it("is not known without a group whose lag is", () => {
    expect(lagReading(state(acme, { groups: [group("a", null)] }), "shared-1")).toBeNull();
    expect(lagReading(state(acme, { groups: [group("a", 4)] }), "other")).toBeNull();
  });
});

describe("storage", () => {
  it("is the tenant's own, on the cluster asked for", () => {
    expect(storageReading(state(acme, { storageBytes: measured(9.6, AT) }), "shared-1")).toBe(10);
    expect(storageReading(state(acme), "shared-1")).toBeNull();
    const topics = [topic("shared-1"), topic("other", { sizeBytes: measured(1, AT) })];
    expect(storageReading(state(both, { storageBytes: measured(501, AT), topics }), "other")).toBe(1);
    expect(storageReading(state(both, { topics: [] }), "other")).toBeNull();
  });
});

function stateWith(produce: ReturnType<typeof use>) {
  return state(acme, { produce });
}
