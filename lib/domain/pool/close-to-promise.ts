import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { isKnown } from "@/lib/domain/observed";
import { listPromise, promisedOn } from "@/lib/domain/promised";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import { sampledRate } from "./pool-rate";
import type { PoolShares } from "./shares";

/** So near to a promise the interval matters, as a fraction of the promise. */
const CLOSE = 0.2;

/** Whether somebody's estimated rate is so close to what is promised that a narrower interval would tell on which side it is. */
export function isCloseToPromise(
  fleet: FleetSnapshot,
  cluster: ClusterSnapshot,
  topic: string,
  shares: ReadonlyMap<string, PoolShares>,
  nowMs: number,
): boolean {
  return (shares.get(topic)?.rows ?? []).some(({ tenantId }) => {
    const state = tenantId === null ? undefined : fleet.tenants.get(tenantId);
    return state !== undefined && DIRECTIONS.some((direction) => isClose(state, cluster, shares, direction, nowMs));
  });
}

function isClose(
  { tenant, tier, topics, ...state }: TenantState,
  { clusterId, at }: ClusterSnapshot,
  shares: ReadonlyMap<string, PoolShares>,
  direction: Direction,
  nowMs: number,
): boolean {
  const promised = promisedOn(tenant, clusterId, listPromise(tier, direction));
  const known = state[direction].bytesPerSecond.source;
  if (promised === null || known === "measured" || known === "reported") return false;
  const shared = topics.filter((one) => one.clusterId === clusterId && one.owner.kind === "shared");
  const facts = { shares, reported: new Map() };
  const rate = sampledRate({ tenantId: tenant.id, topics: shared, facts, direction, nowMs, at });
  if (!isKnown(rate)) return false;
  return Math.abs(rate.value - promised) <= Math.max(rate.value * (rate.error ?? 0), promised * CLOSE);
}
