import type { TenantState } from "./fleet";
import { listPromise } from "./promised";
import { shareOf } from "./quota/promise-split";
import type { Direction } from "./views/use";

/**
 * What has to be kept free on a cluster for a tenant's promise; null: nothing is promised, or kept. A promise in a pool that no quota of
 * Kafka holds the tenant to is enforced by the application or by nobody, and reserves nothing.
 */
export function reservedOn({ tenant, tier, ...state }: TenantState, clusterId: string, direction: Direction): number | null {
  const promise = listPromise(tier, direction);
  if (promise === null) return null;
  const isBound = state[direction].buckets.some((bucket) => bucket.clusterId === clusterId && bucket.quota !== null);
  const shares = tenant.placements.map(({ share }) => share ?? null);
  const kept = tenant.placements.flatMap(({ cluster, model }, position) =>
    cluster === clusterId && (model !== "pool" || isBound) ? [shareOf(shares, position)] : [],
  );
  return kept.length === 0 ? null : promise * kept.reduce((sum, share) => sum + share, 0);
}
