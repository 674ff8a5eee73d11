import type { TenantState } from "@/lib/domain/fleet";
import { listPromise, promisedOn } from "@/lib/domain/promised";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Resource } from "./noise";
import { leaderSpread } from "./traffic";

/** What a tenant's list promise comes to on one broker; null: nothing is promised. Never the live quota, nor an override. */
export function promiseOnBroker(state: TenantState, cluster: ClusterSnapshot, spread: ReadonlyMap<number, number>, brokerId: number) {
  const part = spread.get(brokerId) ?? 0;
  const bytes = (direction: "produce" | "consume"): number | null => {
    const promised = promisedOn(state.tenant, cluster.clusterId, listPromise(state.tier, direction));
    return promised === null ? null : promised * part;
  };
  // Request time is promised per broker, whoever leads.
  return { in: bytes("produce"), out: bytes("consume"), requests: state.tier.requestPercent ?? null } satisfies Record<
    Resource,
    number | null
  >;
}

const spreads = new WeakMap<NonNullable<ClusterSnapshot["metadata"]>, Map<TenantState["topics"], Map<number, number>>>();

/** Worked out once for each reading of metadata and each list of topics. */
export function spreadOf(state: TenantState, cluster: ClusterSnapshot): ReadonlyMap<number, number> {
  if (cluster.metadata === null) return new Map();
  const ofMetadata = spreads.get(cluster.metadata) ?? new Map<TenantState["topics"], Map<number, number>>();
  spreads.set(cluster.metadata, ofMetadata);
  const known = ofMetadata.get(state.topics) ?? leaderSpread(state, cluster);
  ofMetadata.set(state.topics, known);
  return known;
}
