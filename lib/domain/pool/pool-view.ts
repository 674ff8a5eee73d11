import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { partitionViews } from "@/lib/domain/lag/partition-views";
import { measured, type Observed, unavailable } from "@/lib/domain/observed";
import { ownerOfTopic } from "@/lib/domain/owner";
import { placementsOf } from "@/lib/domain/posture/sample-plan";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { PartitionStand, PoolPart, ReportedPart, TenantPool } from "@/lib/domain/views/pool";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import { NO_POOL_FACTS, type ReportedUse } from "./pool-facts";
import { awaySentence, REPORTED_OLD_MS, sampledRate, shareOfTenant } from "./pool-rate";
import { keyOfTenant, tenantPartition } from "./tenant-partition";

/** As many of those who share a partition are named. */
const NAMED_MAX = 12;

/** A tenant's part of every shared topic that it has, and what its application reports of it. */
export function poolView(fleet: FleetSnapshot, state: TenantState, nowMs: number): Pick<TenantPool, "parts" | "reported"> {
  const pools = new Set(state.tenant.placements.filter(({ model }) => model === "pool").map(({ cluster }) => cluster));
  const parts = state.topics.flatMap((topic) => {
    const cluster = fleet.clusters.get(topic.clusterId);
    const isInPool = topic.owner.kind === "shared" && pools.has(topic.clusterId);
    return isInPool && cluster !== undefined ? [partOf(fleet, state, cluster, topic, nowMs)] : [];
  });
  const reported = [...pools].flatMap((clusterId) => {
    const told = fleet.clusters.get(clusterId)?.pool?.reported.get(state.tenant.id);
    return told === undefined ? [] : [reportedPart(clusterId, told, nowMs)];
  });
  return { parts, reported };
}

function partOf(fleet: FleetSnapshot, state: TenantState, cluster: ClusterSnapshot, topic: TopicSummary, nowMs: number): PoolPart {
  const { pool: facts = NO_POOL_FACTS, at } = cluster;
  const { id: tenantId } = state.tenant;
  const shares = facts.shares.get(topic.topic) ?? null;
  const rate = (direction: Direction) => sampledRate({ tenantId, topics: [topic], facts, direction, nowMs, at });
  return {
    clusterId: topic.clusterId,
    topic: topic.topic,
    sample: shares === null ? null : { at: shares.at, draws: shares.draws, unmet: shares.unmet, share: shareOfTenant(shares, tenantId) },
    bytesInPerSecond: rate("produce"),
    bytesOutPerSecond: rate("consume"),
    ...whereIn(fleet, state, cluster, topic),
  };
}

function whereIn(
  fleet: FleetSnapshot,
  state: TenantState,
  cluster: ClusterSnapshot,
  { topic, partitions }: TopicSummary,
): Pick<PoolPart, "partition" | "partitionUnknown"> {
  const { id: tenantId } = state.tenant;
  if (partitions === null || partitions === 0) return { partition: null, partitionUnknown: null };
  const shares = cluster.pool?.shares.get(topic) ?? null;
  const found = tenantPartition({ tenantId, keys: keysOf(fleet, cluster.clusterId, topic, tenantId), partitions, shares });
  if (found === null) return { partition: null, partitionUnknown: null };
  if ("unknown" in found) return { partition: null, partitionUnknown: found.unknown };
  const { sharedWith, ...place } = found;
  // Whose role is limited is told how many others there are, and not who.
  const named = sharedWith.flatMap((id) => {
    const name = fleet.tenants.get(id)?.tenant.name;
    return name === undefined ? [] : [{ id, name }];
  });
  const others = { sharedWith: named.slice(0, NAMED_MAX), sharedWithCount: sharedWith.length };
  return { partition: { ...place, ...others, groups: standsIn(state, cluster, topic, found.partition) }, partitionUnknown: null };
}

/** The key of each tenant of a topic; nobody's where this tenant is not named by keys there. */
function keysOf(fleet: FleetSnapshot, clusterId: string, topic: string, tenantId: string): Map<string, string> {
  const whole = fleet.whole ?? fleet;
  const keyOf = (id: string): string | null => {
    for (const placement of placementsOf(whole, id, clusterId, topic)) {
      const key = placement.model === "pool" ? keyOfTenant(id, placement) : null;
      if (key !== null) return key;
    }
    return null;
  };
  const keys = new Map<string, string>();
  if (keyOf(tenantId) === null) return keys;
  for (const id of ownerOfTopic(fleet.owners, clusterId, topic).tenantIds) {
    const key = keyOf(id);
    if (key !== null) keys.set(id, key);
  }
  return keys;
}

/** Where each group that reads the topic stands in one partition: committed and end offset are counted, not estimated. */
function standsIn(state: TenantState, cluster: ClusterSnapshot, topic: string, partition: number): PartitionStand[] {
  const at = cluster.parts.offsets.at ?? cluster.at;
  return state.groups.flatMap(({ clusterId, groupId, topics }) => {
    const group = clusterId === cluster.clusterId && topics.includes(topic) ? cluster.groups.get(groupId) : undefined;
    if (group === undefined) return [];
    const stand = partitionViews(cluster, group, null).find((one) => one.topic === topic && one.partition === partition);
    if (stand === undefined) return [];
    const known = (value: number | null): Observed<number> =>
      value === null ? unavailable(stand.reason ?? "It is not known.", "The group is read again by itself.", at) : measured(value, at);
    return [{ groupId, recordsBehind: known(stand.recordsBehind), timeBehindMs: known(stand.timeBehindMs) }];
  });
}

function reportedPart(clusterId: string, reported: ReportedUse, nowMs: number): ReportedPart {
  const observed = (direction: Direction): ReportedPart["produceBytesPerSecond"] => {
    const told = reported[direction];
    if (told === undefined) return null;
    if (told !== null) return { source: "reported", value: told.bytesPerSecond, at: told.at };
    return unavailable(awaySentence(reported, direction, nowMs), reported.problem?.remedy ?? NOTHING_YET, new Date(nowMs).toISOString());
  };
  const away = DIRECTIONS.find((direction) => {
    const told = reported[direction];
    return told === null || (told !== undefined && nowMs - Date.parse(told.at) > REPORTED_OLD_MS);
  });
  return {
    clusterId,
    from: reported.from,
    produceBytesPerSecond: observed("produce"),
    consumeBytesPerSecond: observed("consume"),
    away: away === undefined ? null : { reason: awaySentence(reported, away, nowMs), remedy: reported.problem?.remedy ?? NOTHING_YET },
  };
}

const NOTHING_YET = "Check that the application reports this tenant, under the names that the placement gives.";
