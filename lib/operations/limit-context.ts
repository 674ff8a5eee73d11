import { AppError } from "@/lib/domain/errors";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { limitFleet } from "@/lib/domain/people/limit-fleet";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import { type WithoutOthers, withoutOthers } from "@/lib/domain/people/without-others";
import type { Context } from "./context";

const made = new WeakMap<FleetSnapshot, Map<string, FleetSnapshot>>();

/** The context of somebody whose role is limited: what is outside is not there, neither in the fleet nor live. */
export function limitContext(context: Context, limits: RoleLimits): Context {
  const fleet: Context["fleet"] = (version) => limited(context.fleet(version), limits);
  const guarded =
    <Args extends unknown[], T>(act: (clusterId: string, ...args: Args) => T) =>
    (clusterId: string, ...args: Args): T => {
      requireCluster(fleet(), clusterId);
      return act(clusterId, ...args);
    };
  return {
    ...context,
    fleet,
    withoutOthers: (text, place) => namesOutside(context.fleet(), fleet())(text, place),
    kafka: guarded(context.kafka),
    sampleRecords: guarded(context.sampleRecords),
    connection: guarded(context.connection),
    aws: guarded(context.aws),
    prometheusPast: guarded(context.prometheusPast),
    unseenRegions: () => [],
    collector: { ...context.collector, refresh: guarded(context.collector.refresh) },
  };
}

const filters = new WeakMap<FleetSnapshot, WithoutOthers>();

function namesOutside(whole: FleetSnapshot, seen: FleetSnapshot): WithoutOthers {
  const filter = filters.get(seen) ?? withoutOthers(whole, seen);
  filters.set(seen, filter);
  return filter;
}

/** Lists that were made of it live on with the version, apart from everybody else's. */
function limited(fleet: FleetSnapshot, limits: RoleLimits): FleetSnapshot {
  const key = JSON.stringify(limits);
  const ofFleet = made.get(fleet) ?? new Map<string, FleetSnapshot>();
  made.set(fleet, ofFleet);
  const known = ofFleet.get(key);
  if (known !== undefined) return known;
  const lists = fleet.listsWithin.get(key) ?? new Map();
  fleet.listsWithin.set(key, lists);
  const seen = limitFleet(fleet, limits, lists);
  ofFleet.set(key, seen);
  return seen;
}

function requireCluster(fleet: FleetSnapshot, clusterId: string): void {
  if (fleet.clusters.has(clusterId)) return;
  throw new AppError("not_found", `There is no cluster "${clusterId}" among the console's connections.`);
}
