import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { ownerOfPrincipal } from "@/lib/domain/owner";
import type { PoolFacts } from "@/lib/domain/pool/pool-facts";
import type { PoolShare } from "@/lib/domain/pool/shares";
import { affectedIn, affects } from "@/lib/domain/posture/affected";
import type { ClusterPosture } from "@/lib/domain/posture/posture";
import { isPostureRule } from "@/lib/domain/posture/rules";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ConditionView, Owner } from "@/lib/domain/views/common";
import { noiseWithin } from "./noise-within";
import { isByTenant, isWithin, type RoleLimits } from "./role-limits";

/**
 * The fleet as somebody sees it whose role is limited: what is outside is not there, so that every list, search and lookup over the
 * fleet is limited without a check of its own. Of a cluster where only some tenants are within, its own health stays.
 */
export function limitFleet(fleet: FleetSnapshot, limits: RoleLimits, lists: FleetSnapshot["lists"]): FleetSnapshot {
  if (fleet.replaced) return { ...fleet, lists, listsWithin: new Map() };
  const within = [...fleet.tenants.values()].filter(({ tenant }) => isWithin(limits, tenant));
  const ids = new Set(within.map(({ tenant }) => tenant.id));
  const clusterIds = clustersWithin(fleet, limits, within);
  const inCluster = <V>(map: ReadonlyMap<string, V>) => new Map([...map].filter(([id]) => clusterIds.has(id)));
  const byTenant = isByTenant(limits);
  const tierIds = new Set([...limits.tiers, ...within.map(({ tenant }) => tenant.tier)]);
  const base = {
    ...fleet,
    tiers: new Map([...fleet.tiers].filter(([id]) => tierIds.has(id))),
    summaries: inCluster(fleet.summaries),
    noise: inCluster(fleet.noise ?? new Map()),
    conditions: fleet.conditions.filter((condition) => isSeen(condition, { ids, clusterIds, byTenant })),
    posture: inCluster((fleet.posture ?? new Map()) as ReadonlyMap<string, ClusterPosture>),
    answers: new Map(),
    lists,
    listsWithin: new Map(),
    whole: fleet,
    within: byTenant ? ("tenants" as const) : ("clusters" as const),
  };
  if (!byTenant) {
    return {
      ...base,
      services: fleet.services.filter(({ cluster }) => clusterIds.has(cluster)),
      tenants: new Map(within.map((state) => [state.tenant.id, state])),
      clusters: inCluster(fleet.clusters),
      topics: inCluster(fleet.topics),
      groups: inCluster(fleet.groups),
    };
  }
  const own = within.map((state) => ownState(state, ids));
  return {
    ...base,
    services: [],
    tenants: new Map(own.map((state) => [state.tenant.id, state])),
    clusters: new Map([...inCluster(fleet.clusters)].map(([id, snapshot]) => [id, snapshotWithin(fleet, snapshot, ids)])),
    topics: byCluster(own, "topics", ({ topic }) => topic),
    groups: byCluster(own, "groups", ({ groupId }) => groupId),
    posture: new Map([...base.posture].map(([id, posture]) => [id, postureWithin(posture)])),
    noise: new Map([...base.noise].map(([id, noise]) => [id, noiseWithin(noise, ids)])),
    conditions: base.conditions.map((condition) => conditionWithin(condition, ids)),
  };
}

function clustersWithin(fleet: FleetSnapshot, limits: RoleLimits, within: readonly TenantState[]): ReadonlySet<string> {
  if (limits.clusters.length > 0) return new Set(limits.clusters.filter((id) => fleet.clusters.has(id)));
  return new Set(within.flatMap(({ tenant }) => tenant.placements.map(({ cluster }) => cluster)));
}

interface Sight {
  ids: ReadonlySet<string>;
  clusterIds: ReadonlySet<string>;
  byTenant: boolean;
}

/** Conditions of a store as they are seen beside a fleet that was limited. */
export function storedWithin<C extends ConditionView>(seen: FleetSnapshot, limits: RoleLimits, conditions: readonly C[]): C[] {
  const byTenant = isByTenant(limits);
  const ids = new Set(seen.tenants.keys());
  const sight = { ids, clusterIds: new Set(seen.summaries.keys()), byTenant };
  const within = conditions.filter((condition) => isSeen(condition, sight));
  return byTenant ? within.map((condition) => conditionWithin(condition, ids)) : within;
}

function isSeen({ tenantId, clusterId, rule }: ConditionView, { ids, clusterIds, byTenant }: Sight): boolean {
  if (tenantId !== null) return ids.has(tenantId);
  return clusterId !== null && clusterIds.has(clusterId) && !(byTenant && isPostureRule(rule));
}

/** Who else shares a topic is told as a number, not by name. */
function ownState(state: TenantState, ids: ReadonlySet<string>): TenantState {
  const withOwner = <V extends { owner: Owner }>(row: V): V => ({ ...row, owner: ownersWithin(row.owner, ids) });
  const conditions = state.conditions.map((condition) => conditionWithin(condition, ids));
  return { ...state, conditions, topics: state.topics.map(withOwner), groups: state.groups.map(withOwner) };
}

/** What could not be looked at stays; findings stand among the conditions. */
function postureWithin(posture: ClusterPosture): ClusterPosture {
  return { ...posture, findings: [] };
}

/** Of who is in a shared topic, and of what applications report, those within are told. */
function poolWithin({ shares, reported }: PoolFacts, ids: ReadonlySet<string>): PoolFacts {
  const isOwn = ({ tenantId }: PoolShare) => tenantId !== null && ids.has(tenantId);
  return {
    shares: new Map([...shares].map(([topic, of]) => [topic, { ...of, rows: of.rows.filter(isOwn) }])),
    reported: new Map([...reported].filter(([tenantId]) => ids.has(tenantId))),
  };
}

/** Whom else a finding falls on is told as a number; lines for Kafka's tools are about others' rules as well, and are left out. */
export function conditionWithin<C extends ConditionView>(condition: C, ids: ReadonlySet<string>): C {
  const { commands: _, ...evidence } = condition.evidence;
  const affected = affectedIn(evidence);
  if (affected === null) return { ...condition, evidence };
  const own = affected.tenantIds.filter((id) => ids.has(id));
  return { ...condition, evidence: { ...evidence, ...affects(own, affected.count) } };
}

function ownersWithin(owner: Owner, ids: ReadonlySet<string>): Owner {
  return owner.kind === "shared" ? { ...owner, tenantIds: owner.tenantIds.filter((id) => ids.has(id)) } : owner;
}

function snapshotWithin(fleet: FleetSnapshot, snapshot: ClusterSnapshot, ids: ReadonlySet<string>): ClusterSnapshot {
  const isOwn = ({ name }: { name: string }) =>
    ownerOfPrincipal(fleet.owners, snapshot.clusterId, name).tenantIds.some((tenantId) => ids.has(tenantId));
  const { scramUsers, pool } = snapshot;
  return { ...snapshot, scramUsers: scramUsers?.filter(isOwn) ?? null, ...(pool === undefined ? {} : { pool: poolWithin(pool, ids) }) };
}

function byCluster<K extends "topics" | "groups">(
  states: readonly TenantState[],
  kind: K,
  nameOf: (row: TenantState[K][number]) => string,
): Map<string, Map<string, TenantState[K][number]>> {
  const clusters = new Map<string, Map<string, TenantState[K][number]>>();
  for (const row of states.flatMap((state) => state[kind] as TenantState[K][number][])) {
    const names = clusters.get(row.clusterId) ?? new Map<string, TenantState[K][number]>();
    names.set(nameOf(row), row);
    clusters.set(row.clusterId, names);
  }
  return clusters;
}
