import type { FleetSnapshot } from "@/lib/domain/fleet";
import { thinLists } from "@/lib/domain/pinned-list";

/**
 * A version that has been replaced, for going on with a list: the order of the lists that cursors point into. Everything they were made from
 * is let go, because several such versions are kept at a time. `before`: the version that was replaced before it.
 */
export function thinFleet(
  { version, at, tiers, services, owners, lists, listsWithin }: FleetSnapshot,
  before: FleetSnapshot | undefined,
): FleetSnapshot {
  const within = [...listsWithin].map(([limits, made]) => [limits, thinLists(made, before?.listsWithin.get(limits))] as const);
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
    answers: new Map(),
    lists: thinLists(lists, before?.lists),
    listsWithin: new Map(within.filter(([, made]) => made.size > 0)),
    replaced: true,
  };
}
