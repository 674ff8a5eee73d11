import type { TenantState } from "./fleet";
import { isKnown, type Known, SOURCES, type Source, sumObserved, unavailable } from "./observed";
import type { Direction } from "./views/use";

const NOT_KNOWN = unavailable("", "", "");

/** Whether a tenant is placed nowhere else. */
export function isOnlyOn(state: TenantState, clusterId: string): boolean {
  return state.tenant.placements.every((placement) => placement.cluster === clusterId);
}

/**
 * The tenant's rate on one cluster: its whole rate where it is on no other, else what its identities do there, else its topics, with its part
 * in the pool there; null: not known. "At least" where one of both is not.
 */
export function rateOn(state: TenantState, clusterId: string, direction: Direction): Known<number> | null {
  const { bytesPerSecond } = state[direction];
  if (isOnlyOn(state, clusterId)) return isKnown(bytesPerSecond) ? bytesPerSecond : null;
  const models = state.tenant.placements.flatMap(({ cluster, model }) => (cluster === clusterId ? [model] : []));
  const own = ownRate(state, clusterId, direction);
  const pool = state.poolRates?.[direction]?.get(clusterId) ?? null;
  // Identities are counted whatever they write to, so where they are nothing of the pool is left over.
  const isPoolOpen = models.includes("pool") && pool === null && !hasBuckets(state, clusterId, direction);
  const isOwnOpen = models.some((model) => model !== "pool") && own === null;
  const known = [own, pool].filter((part) => part !== null);
  const sum = sumObserved(known, NOT_KNOWN);
  if (!isKnown(sum)) return null;
  return isPoolOpen || isOwnOpen ? { ...sum, atLeast: true } : sum;
}

function hasBuckets(state: TenantState, clusterId: string, direction: Direction): boolean {
  return state[direction].buckets.some((bucket) => bucket.clusterId === clusterId && bucket.brokers.length > 0);
}

function ownRate(state: TenantState, clusterId: string, direction: Direction): Known<number> | null {
  const { bytesPerSecond } = state[direction];
  const brokers = state[direction].buckets.filter((bucket) => bucket.clusterId === clusterId).flatMap((bucket) => bucket.brokers);
  if (brokers.length > 0) {
    const value = brokers.reduce((sum, broker) => sum + broker.bytesPerSecond, 0);
    return { source: weakest(brokers.map(({ source }) => source)), value, at: bytesPerSecond.at };
  }
  const own = state.topics.filter((topic) => topic.clusterId === clusterId && topic.owner.kind === "tenant");
  const rates = own.map((topic) => (direction === "produce" ? topic.bytesInPerSecond : topic.bytesOutPerSecond));
  const sum = sumObserved(rates, NOT_KNOWN);
  return isKnown(sum) ? { ...sum, source: weakest([sum.source, "derived"]) } : null;
}

function weakest(sources: readonly Source[]): Source {
  return SOURCES[Math.max(0, ...sources.map((source) => SOURCES.indexOf(source)))] ?? "reported";
}
