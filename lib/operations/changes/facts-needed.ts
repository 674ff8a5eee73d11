import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { ChangeRequest, TenantScope, TopicScope } from "@/lib/domain/change/request";
import { tenantsOf } from "@/lib/domain/change/resolve-scope";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";

/** What has to be read of a cluster for a plan. */
export interface ClusterNeed {
  topics: Set<string>;
  quotas: boolean;
  /** Partition counts as they are now, and not as last collected. */
  partitions: boolean;
}

export interface FactsNeed {
  clusters: Map<string, ClusterNeed>;
  /** Tenants whose last hour decides something. */
  hours: Set<string>;
  /** Topics whose records are sampled, by cluster. */
  samples: Map<string, Set<string>>;
}

/** What a request makes necessary to read, given the fleet; of a change to be taken back what it wrote. */
export function factsNeeded(request: ChangeRequest, fleet: FleetSnapshot, reverted: readonly PlannedOperation[]): FactsNeed {
  const need: FactsNeed = { clusters: new Map(), hours: new Set(), samples: new Map() };
  switch (request.kind) {
    case "retention":
      needTopics(need, request.scope, fleet);
      break;
    case "message-size":
      needTopics(need, request.scope, fleet);
      for (const [clusterId, { topics }] of need.clusters) need.samples.set(clusterId, new Set(topics));
      break;
    case "partitions": {
      const cluster = clusterNeed(need, request.clusterId);
      cluster.topics.add(request.topic);
      cluster.partitions = true;
      break;
    }
    case "quota-rule":
    case "measure":
      clusterNeed(need, request.clusterId).quotas = true;
      for (const state of placedOn(fleet, request.clusterId)) need.hours.add(state.tenant.id);
      break;
    case "quota":
      for (const state of tenantsOf(request.scope, fleet).items) needQuotas(need, state);
      break;
    case "brake":
    case "brake-release":
      needById(need, fleet, request.tenantId, needQuotas);
      break;
    case "override-end":
      needById(need, fleet, request.tenantId, needAll);
      break;
    case "tier":
    case "bring-back":
    case "adopt":
      for (const state of tenantsOf(request.scope, fleet).items) needAll(need, state);
      break;
    case "tier-definition":
      for (const state of tenantsOf({ tierId: request.tier.id }, fleet).items) needAll(need, state);
      break;
    case "revert":
      for (const operation of reverted) needOperation(need, operation);
      break;
    case "tier-archive":
    case "managed-elsewhere":
      break;
  }
  return need;
}

function needTopics(need: FactsNeed, scope: TopicScope, fleet: FleetSnapshot): void {
  if ("topics" in scope) {
    for (const { clusterId, topic } of scope.topics) {
      const cluster = clusterNeed(need, clusterId);
      cluster.topics.add(topic);
      // A topic that the collector has not seen yet may have been made a moment ago.
      if (fleet.topics.get(clusterId)?.has(topic) !== true) cluster.partitions = true;
    }
    return;
  }
  for (const state of tenantsOf(scope as TenantScope, fleet).items) needOwnTopics(need, state);
}

function needOwnTopics(need: FactsNeed, { topics }: TenantState): void {
  for (const { clusterId, topic, owner } of topics) if (owner.kind === "tenant") clusterNeed(need, clusterId).topics.add(topic);
}

function needQuotas(need: FactsNeed, { tenant }: TenantState): void {
  need.hours.add(tenant.id);
  for (const { cluster } of tenant.placements) clusterNeed(need, cluster).quotas = true;
}

function needAll(need: FactsNeed, state: TenantState): void {
  needQuotas(need, state);
  needOwnTopics(need, state);
}

function needById(need: FactsNeed, fleet: FleetSnapshot, tenantId: string, add: (need: FactsNeed, state: TenantState) => void): void {
  const state = fleet.tenants.get(tenantId);
  if (state !== undefined) add(need, state);
}

function needOperation(need: FactsNeed, { target }: PlannedOperation): void {
  if (target.kind === "topic-config" || target.kind === "partitions") {
    const cluster = clusterNeed(need, target.clusterId);
    cluster.topics.add(target.topic);
    if (target.kind === "partitions") cluster.partitions = true;
  } else if (target.kind === "quota") {
    clusterNeed(need, target.clusterId).quotas = true;
  }
}

function placedOn(fleet: FleetSnapshot, clusterId: string): TenantState[] {
  return [...fleet.tenants.values()].filter(({ tenant }) => tenant.placements.some(({ cluster }) => cluster === clusterId));
}

function clusterNeed({ clusters }: FactsNeed, clusterId: string): ClusterNeed {
  const known = clusters.get(clusterId) ?? { topics: new Set(), quotas: false, partitions: false };
  clusters.set(clusterId, known);
  return known;
}

/** Whether what was read for one request is enough for another: then nothing is read again while a person types. */
export function covers(held: FactsNeed, wanted: FactsNeed): boolean {
  for (const [clusterId, { topics, quotas, partitions }] of wanted.clusters) {
    const has = held.clusters.get(clusterId);
    if (has === undefined || (quotas && !has.quotas) || (partitions && !has.partitions) || !topics.isSubsetOf(has.topics)) return false;
  }
  for (const [clusterId, topics] of wanted.samples) {
    if (!topics.isSubsetOf(held.samples.get(clusterId) ?? new Set())) return false;
  }
  return wanted.hours.isSubsetOf(held.hours);
}
