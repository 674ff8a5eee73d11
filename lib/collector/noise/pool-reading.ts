import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ClusterNoise } from "@/lib/domain/noise/noise";
import type { PoolReading } from "@/lib/domain/noise/pool/gather-hour";
import type { Stands } from "@/lib/domain/noise/pool/pool-noise";
import { meteredBrokers } from "@/lib/domain/quota/meters";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";

/** A reading that was judged, as an hour of the cluster's pools is gathered from it. */
export function poolReading(
  { fleet, cluster, noise }: { fleet: FleetSnapshot; cluster: ClusterSnapshot; noise: ClusterNoise },
  stands: Stands,
  nowMs: number,
): PoolReading {
  const { fresh, missing, derived, topicsHidden } = meteredBrokers(cluster, nowMs);
  return {
    fleet,
    cluster,
    noise,
    fresh,
    isWhole: missing.length === 0 && topicsHidden === null,
    stands,
    atMs: Date.parse(noise.at),
    intervalMs: derived ? 60_000 : cluster.parts.exporter.intervalMs,
  };
}
