import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { isKnown, type Observed } from "@/lib/domain/observed";
import { listPromise, promisedOn } from "@/lib/domain/promised";
import { rateOn } from "@/lib/domain/rate-on";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import { type ClusterHoldings, type Holding, noHolding } from "./cost";

/** Who holds what of a cluster now: topics by their owners, and what is promised there. */
export function clusterHoldings(fleet: FleetSnapshot, clusterId: string, placed: readonly TenantState[]): ClusterHoldings {
  const tenants = new Map(placed.map((state) => [state.tenant.id, noHolding()]));
  const shared = noHolding();
  const others = noHolding();
  for (const topic of fleet.topics.get(clusterId)?.values() ?? []) {
    const { owner } = topic;
    addTopic((owner.kind === "tenant" ? tenants.get(owner.tenantId) : undefined) ?? (owner.kind === "shared" ? shared : others), topic);
  }
  for (const state of placed) {
    const holding = tenants.get(state.tenant.id);
    if (holding === undefined) continue;
    reserve(holding, state, clusterId);
    if (isPooled(state, clusterId)) takeFromShared(holding, shared, state, clusterId);
  }
  takeEstimates(fleet, clusterId, tenants, shared);
  return { tenants, shared, others, sole: soleOf(placed, clusterId) };
}

function addTopic(holding: Holding, topic: TopicSummary): void {
  holding.inRate = plus(holding.inRate, topic.bytesInPerSecond);
  holding.outRate = plus(holding.outRate, topic.bytesOutPerSecond);
  holding.stored = plus(holding.stored, topic.sizeBytes);
  holding.storedOnAll = plus(holding.storedOnAll, topic.sizeWithReplicasBytes);
  holding.topics += 1;
  holding.partitions = holding.partitions === null || topic.partitions === null ? null : holding.partitions + topic.partitions;
}

function plus(sum: number | null, part: Observed<number>): number | null {
  return sum === null || !isKnown(part) ? null : sum + part.value;
}

/** A pool keeps nothing free for a tenant that no quota of its own holds to its promise: nobody, or an application, enforces it. */
function reserve(holding: Holding, state: TenantState, clusterId: string): void {
  const kept = (direction: Direction): number => {
    if (isPooled(state, clusterId) && !isBound(state, clusterId, direction)) return 0;
    return promisedOn(state.tenant, clusterId, listPromise(state.tier, direction)) ?? 0;
  };
  holding.reservedIn = kept("produce");
  holding.reservedOut = kept("consume");
}

function isBound(state: TenantState, clusterId: string, direction: Direction): boolean {
  return state[direction].buckets.some((bucket) => bucket.clusterId === clusterId && bucket.quota !== null);
}

/** Whether shared topics are all that a tenant has there. */
export function isPooled({ tenant }: TenantState, clusterId: string): boolean {
  const here = tenant.placements.filter(({ cluster }) => cluster === clusterId);
  return here.length > 0 && here.every(({ model }) => model === "pool");
}

/** What is known of a tenant's part in shared topics is its own, and not the pool's any more. */
function takeFromShared(holding: Holding, shared: Holding, state: TenantState, clusterId: string): void {
  for (const direction of DIRECTIONS) {
    const key = direction === "produce" ? "inRate" : "outRate";
    const rate = rateOn(state, clusterId, direction);
    const pool = shared[key];
    if (rate === null || pool === null) continue;
    const own = Math.min(rate.value, pool);
    holding[key] = own;
    shared[key] = pool - own;
  }
}

/** What was sampled of shared topics tells each tenant's part in them, where its own clients do not. */
function takeEstimates(fleet: FleetSnapshot, clusterId: string, tenants: ReadonlyMap<string, Holding>, shared: Holding): void {
  for (const [topic, { rows }] of fleet.clusters.get(clusterId)?.pool?.shares ?? []) {
    const summary = fleet.topics.get(clusterId)?.get(topic);
    if (summary?.owner.kind !== "shared") continue;
    for (const { tenantId, bytes } of rows) {
      const state = tenantId === null ? undefined : fleet.tenants.get(tenantId);
      const holding = tenantId === null ? undefined : tenants.get(tenantId);
      if (state === undefined || holding === undefined) continue;
      if (rateOn(state, clusterId, "produce") === null) move(holding, shared, "inRate", summary.bytesInPerSecond, bytes);
      if (rateOn(state, clusterId, "consume") === null) move(holding, shared, "outRate", summary.bytesOutPerSecond, bytes);
      move(holding, shared, "stored", summary.sizeBytes, bytes);
      move(holding, shared, "storedOnAll", summary.sizeWithReplicasBytes, bytes);
    }
  }
}

function move(
  to: Holding,
  from: Holding,
  key: "inRate" | "outRate" | "stored" | "storedOnAll",
  whole: Observed<number>,
  share: number,
): void {
  const held = from[key];
  const own = to[key];
  if (held === null || own === null || !isKnown(whole)) return;
  const part = Math.min(held, whole.value * share);
  from[key] = held - part;
  to[key] = own + part;
}

function soleOf(placed: readonly TenantState[], clusterId: string): string | null {
  const [only, second] = placed;
  if (only === undefined || second !== undefined) return null;
  const isSilo = only.tenant.placements.some(({ cluster, model }) => cluster === clusterId && model === "silo");
  return isSilo ? only.tenant.id : null;
}
