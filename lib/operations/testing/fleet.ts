import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { measured, unavailable } from "@/lib/domain/observed";
import { indexOwners } from "@/lib/domain/owner";
import { type ClusterSnapshot, PARTS, type Part, type PartState } from "@/lib/domain/snapshot";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import type { ClusterSummary } from "@/lib/domain/views/clusters";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { TenantRow, TopicSummary } from "@/lib/domain/views/tenants";
import type { DirectionUse, RowUse } from "@/lib/domain/views/use";

export const AT = "2026-11-23T12:00:00.000Z";
const unseen = unavailable("Not seen.", "Look.", AT);

export const GOLD = Tier.parse({ id: "gold", name: "Gold", model: "bridge", retentionMs: { default: 86_400_000 } });

export function topicOf(topic: string, changes: Partial<TopicSummary> = {}): TopicSummary {
  return {
    clusterId: "c1",
    topic,
    owner: { kind: "unowned" },
    partitions: 1,
    replicationFactor: 3,
    leaderless: 0,
    underReplicated: 0,
    bytesInPerSecond: measured(1, AT),
    bytesOutPerSecond: unseen,
    recordsInPerSecond: unseen,
    sizeBytes: measured(1, AT),
    sizeWithReplicasBytes: measured(3, AT),
    retentionMs: unseen,
    groupCount: 0,
    ...changes,
  };
}

export function groupOf(groupId: string, changes: Partial<GroupSummary> = {}): GroupSummary {
  return {
    clusterId: "c1",
    groupId,
    type: "classic",
    kafkaState: "Stable",
    hasMembers: true,
    owner: { kind: "unowned" },
    topics: [],
    state: "ok",
    reason: null,
    recordsBehind: measured(0, AT),
    timeBehindMs: measured(0, AT),
    retentionShare: null,
    lostRecords: 0,
    stuckSince: null,
    commitsExpireAt: null,
    objectiveMs: null,
    ...changes,
  };
}

const USE: RowUse = {
  state: "free",
  bytesPerSecond: 100,
  source: "measured",
  share: 0.1,
  worstBytesPerSecond: 100,
  brokerId: 1,
  throttleMs: 0,
  promiseShare: 0.1,
};
const DIRECTION: DirectionUse = {
  state: "free",
  bytesPerSecond: measured(100, AT),
  worst: null,
  buckets: [],
  throttleVisible: false,
  promise: null,
  note: null,
};
const LAG: TenantRow["lag"] = { state: "ok", clusterId: null, groupId: null, recordsBehind: 0, timeBehindMs: 0, reason: null };

export function tenantOf(
  id: string,
  changes: { name?: string; placements?: object[]; row?: Partial<TenantRow>; state?: Partial<TenantState> } = {},
): TenantState {
  const tenant = Tenant.parse({
    id,
    name: changes.name ?? id,
    tier: "gold",
    placements: changes.placements ?? [{ cluster: "c1", model: "bridge" }],
  });
  return {
    tenant,
    tier: GOLD,
    row: {
      id,
      name: tenant.name,
      tier: "Gold",
      model: "bridge",
      attention: null,
      produce: USE,
      consume: USE,
      lag: LAG,
      storageBytes: null,
      ...changes.row,
    },
    produce: DIRECTION,
    consume: DIRECTION,
    lag: LAG,
    storageBytes: unseen,
    storageWithReplicasBytes: unseen,
    topics: [],
    groups: [],
    conditions: [],
    drift: [],
    cannotSee: [],
    ...changes.state,
  };
}

export function snapshotOf(clusterId: string, changes: Partial<ClusterSnapshot> = {}): ClusterSnapshot {
  const part = (): PartState => ({ at: AT, intervalMs: 60_000, problems: [] });
  return {
    clusterId,
    name: clusterId.toUpperCase(),
    mode: "observe",
    version: 1,
    at: AT,
    parts: Object.fromEntries(PARTS.map((name) => [name, part()])) as Record<Part, PartState>,
    metadata: null,
    knownBrokers: new Map(),
    ends: new Map(),
    starts: new Map(),
    groups: new Map(),
    progress: new Map(),
    endHistory: new Map(),
    meters: new Map(),
    sizes: new Map(),
    dirs: [],
    quotas: [],
    acls: [],
    scramUsers: [],
    configs: new Map(),
    brokerConfigs: [],
    diskHistory: new Map(),
    msk: null,
    cloud: null,
    metadataFrom: "kafka",
    ...changes,
  };
}

function summaryOf({ clusterId: id, name, mode, at }: ClusterSnapshot): ClusterSummary {
  const unknown = {
    brokersAlive: null,
    brokersKnown: null,
    topics: null,
    partitions: null,
    groups: null,
    unownedTopics: null,
    unownedGroups: null,
  };
  const rates = { bytesInPerSecond: unseen, bytesOutPerSecond: unseen, storageBytes: unseen, capacityBytesPerSecond: unseen };
  const extremes = { requestHandlerIdle: unseen, diskUsedShare: unseen, produceTotalTimeMs: unseen, fetchTimeMs: unseen };
  const where = { busiestBrokerId: null, fullestBrokerId: null, diskFullAt: null, msk: null, knownThrough: "kafka" as const };
  return { id, name, mode, state: "healthy", sentence: "Healthy.", tenants: 0, ...unknown, ...rates, ...extremes, ...where, at };
}

export interface FleetParts {
  version?: string;
  tenants?: TenantState[];
  clusters?: ClusterSnapshot[];
  topics?: TopicSummary[];
  groups?: GroupSummary[];
}

export function fleetOf({
  version = "v1",
  tenants = [],
  clusters = [snapshotOf("c1")],
  topics = [],
  groups = [],
}: FleetParts = {}): FleetSnapshot {
  const of = <T extends { clusterId: string }>(items: T[], nameOf: (item: T) => string) =>
    new Map(
      clusters.map(({ clusterId }) => [
        clusterId,
        new Map(items.filter((item) => item.clusterId === clusterId).map((item) => [nameOf(item), item])),
      ]),
    );
  return {
    version,
    at: AT,
    tiers: new Map([[GOLD.id, GOLD]]),
    services: [],
    owners: indexOwners({ tenants: tenants.map(({ tenant }) => tenant), services: [] }),
    tenants: new Map(tenants.map((state) => [state.tenant.id, state])),
    clusters: new Map(clusters.map((cluster) => [cluster.clusterId, cluster])),
    summaries: new Map(clusters.map((cluster) => [cluster.clusterId, summaryOf(cluster)])),
    topics: of(topics, ({ topic }) => topic),
    groups: of(groups, ({ groupId }) => groupId),
    conditions: tenants.flatMap(({ conditions }) => conditions),
    answers: new Map(),
    lists: new Map(),
    listsWithin: new Map(),
  };
}
