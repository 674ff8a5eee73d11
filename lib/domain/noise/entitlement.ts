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

/**
 * How the tenants of a cluster are spread over its brokers, worked out once for each list of topics: thousands of a pool have one in common.
 * For one judgement, because lists are made anew with each reading.
 */
export function spreadsOn(cluster: ClusterSnapshot): (state: TenantState) => ReadonlyMap<number, number> {
  const known = new Map<TenantState["topics"], ReadonlyMap<number, number>>();
  return (state) => {
    const spread = known.get(state.topics) ?? leaderSpread(state, cluster);
    known.set(state.topics, spread);
    return spread;
  };
}
