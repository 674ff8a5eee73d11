import { compareConditions, keptCondition, toCondition } from "@/lib/domain/conditions/condition";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import type { FleetMemory } from "@/lib/domain/fleet-memory";
import type { Registry } from "@/lib/domain/registry";
import { createHoldOnce } from "@/lib/domain/same";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { drain, type Steps } from "@/lib/domain/steps";
import type { Tier } from "@/lib/domain/tier";
import type { ClusterSummary } from "@/lib/domain/views/clusters";
import type { ConditionView } from "@/lib/domain/views/common";
import { assembleTenant } from "./assemble-tenant";
import { clusterJoinFindings } from "./cluster-conditions";
import { type ClusterJoin, joinCluster } from "./cluster-join";
import { clusterSummary, newestReading } from "./cluster-summary";
import { nextMemory } from "./next-memory";
import { type RegistryIndex, registryIndexOf } from "./registry-index";

export interface FleetInput {
  registry: Registry;
  /** One for each connection, also for a cluster that has never answered. */
  clusters: readonly ClusterSnapshot[];
  memory: FleetMemory;
  /** What the last slow checks found. */
  posture?: FleetSnapshot["posture"];
  /** Who is noisy, as judged last. */
  noise?: FleetSnapshot["noise"];
  /** Now, as an ISO time: what ages and durations are counted from. */
  at: string;
}

export interface AssembledFleet {
  fleet: FleetSnapshot;
  /** To be given to the next assembly. */
  memory: FleetMemory;
}

const SLICE = 25;

/**
 * Joins what was declared with what was seen, in slices: each step does a few milliseconds of work at most, so that a server can answer
 * between two of them. `previous` lends what has not changed.
 */
export function* assembleFleetSteps(input: FleetInput, previous?: FleetSnapshot): Steps<AssembledFleet> {
  const { registry, memory, at } = input;
  const nowMs = Date.parse(at);
  const index = yield* registryIndexOf(registry);
  const { tiers, owners, objectiveOf } = index;
  const joins = new Map<string, ClusterJoin>();
  for (const cluster of input.clusters) {
    const join = yield* joinCluster({ cluster, owners, objectiveOf, memory, nowMs, at }, previous?.joins?.get(cluster.clusterId));
    joins.set(cluster.clusterId, join);
    yield;
  }
  const tenants = yield* assembleTenants(input, joins, index, previous, nowMs);
  const conditions: ConditionView[] = [];
  for (const state of tenants.values()) conditions.push(...state.conditions);
  yield;
  for (const join of joins.values()) {
    for (const finding of clusterJoinFindings(join)) conditions.push(toCondition(finding, memory, at));
    yield;
  }
  yield* addPosture(conditions, input, tenants);
  addNoise(conditions, input, tenants);
  conditions.sort(compareConditions);
  yield;
  const fleet: FleetSnapshot = {
    version: `${nowMs.toString(36)}-${registry.version.toString(36)}`,
    at: newest([...joins.values()].map(({ cluster }) => newestReading(cluster))),
    tiers,
    services: registry.services,
    prices: new Map((registry.prices ?? []).map((set) => [set.region, set])),
    owners,
    tenants,
    clusters: new Map(input.clusters.map((cluster) => [cluster.clusterId, cluster])),
    summaries: summariesOf(joins, index, nowMs),
    topics: new Map([...joins].map(([id, { topics }]) => [id, topics.summaries])),
    groups: new Map([...joins].map(([id, { groups }]) => [id, groups.summaries])),
    conditions,
    ...(input.posture === undefined ? {} : { posture: input.posture }),
    ...(input.noise === undefined ? {} : { noise: input.noise }),
    answers: new Map(),
    lists: new Map(),
    listsWithin: new Map(),
    joins,
  };
  yield;
  return { fleet, memory: yield* nextMemory(memory, fleet, joins, nowMs) };
}

/** What the slow checks found, without clusters and tenants that are gone since. */
function* addPosture(
  conditions: ConditionView[],
  { posture, clusters, memory, at }: FleetInput,
  tenants: ReadonlyMap<string, TenantState>,
): Steps<void> {
  const clusterIds = new Set<string | null>([null, ...clusters.map(({ clusterId }) => clusterId)]);
  for (const [clusterId, { findings }] of posture ?? []) {
    if (!clusterIds.has(clusterId)) continue;
    for (const [position, finding] of findings.entries()) {
      if (finding.tenantId === null || tenants.has(finding.tenantId)) conditions.push(keptCondition(finding, memory, at));
      if (position % 500 === 499) yield;
    }
  }
}

/** What was judged of each reading, without clusters and tenants that are gone since. */
function addNoise(
  conditions: ConditionView[],
  { noise, clusters, memory, at }: FleetInput,
  tenants: ReadonlyMap<string, TenantState>,
): void {
  for (const { clusterId } of clusters) {
    for (const finding of noise?.get(clusterId)?.findings ?? []) {
      if (finding.tenantId === null || tenants.has(finding.tenantId)) conditions.push(keptCondition(finding, memory, at));
    }
  }
}

/** The same in one go: for tests, and for a fleet small enough. */
export function assembleFleet(input: FleetInput, previous?: FleetSnapshot): AssembledFleet {
  return drain(assembleFleetSteps(input, previous));
}

function* assembleTenants(
  { registry, memory, at }: FleetInput,
  joins: ReadonlyMap<string, ClusterJoin>,
  { tiers, services }: RegistryIndex,
  previous: FleetSnapshot | undefined,
  nowMs: number,
): Steps<Map<string, TenantState>> {
  const tenants = new Map<string, TenantState>();
  const holdOnce = createHoldOnce();
  for (const [position, tenant] of registry.tenants.entries()) {
    const tier = tiers.get(tenant.tier) ?? unknownTier(tenant.tier);
    const before = { previous: previous?.tenants.get(tenant.id), previousJoins: previous?.joins };
    tenants.set(tenant.id, assembleTenant({ tenant, tier, joins, services, memory, ...before, holdOnce, nowMs, at }));
    if (position % SLICE === SLICE - 1) yield;
  }
  return tenants;
}

/** A tier that is not declared promises nothing. Imports refuse one; only a store that was edited by hand can hold it. */
function unknownTier(id: string): Tier {
  return { id, name: id, model: "bridge", skewAllowance: 1 };
}

function summariesOf(joins: ReadonlyMap<string, ClusterJoin>, { tenantCounts }: RegistryIndex, nowMs: number): Map<string, ClusterSummary> {
  return new Map([...joins].map(([id, join]) => [id, clusterSummary(join, tenantCounts.get(id) ?? 0, nowMs)]));
}

function newest(times: readonly (string | null)[]): string | null {
  return times.reduce((latest, time) => (time !== null && (latest === null || time > latest) ? time : latest), null);
}
