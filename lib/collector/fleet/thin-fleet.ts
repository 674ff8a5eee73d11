import type { FleetSnapshot } from "@/lib/domain/fleet";

/**
 * A version that has been replaced, for going on with a list: the lists that were made of it are all there, and everything they were
 * made from is let go, because several such versions are kept at a time.
 */
export function thinFleet({ version, at, tiers, services, owners, lists }: FleetSnapshot): FleetSnapshot {
  return {
    version,
    at,
    tiers,
    services,
    owners,
    tenants: new Map(),
    clusters: new Map(),
    summaries: new Map(),
    topics: new Map(),
    groups: new Map(),
    conditions: [],
    lists,
    replaced: true,
  };
}
