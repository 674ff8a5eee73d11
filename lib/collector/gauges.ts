import { PARTS } from "@/lib/domain/snapshot";
import type { Clock } from "./clock";
import type { ClusterHost } from "./cluster/cluster-host";
import type { CollectorGauges } from "./collector-metrics";
import type { FleetKeeper } from "./fleet/fleet-keeper";

/** What the metrics look up when somebody asks for them. */
export function gaugesOf(keeper: FleetKeeper, hosts: () => readonly ClusterHost[], clock: Clock): CollectorGauges {
  return {
    tenants: () => keeper.versions.get().tenants.size,
    fleetVersions: () => keeper.versions.count(),
    partAges: () => hosts().flatMap((host) => partAges(host, clock.now())),
  };
}

function partAges(host: ClusterHost, nowMs: number): ReturnType<CollectorGauges["partAges"]> {
  const { parts } = host.snapshot();
  return PARTS.flatMap((part) => {
    const { at } = parts[part];
    return at === null ? [] : [{ cluster: host.clusterId, part, seconds: (nowMs - Date.parse(at)) / 1000 }];
  });
}
