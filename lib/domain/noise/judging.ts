import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import type { NoiseMemory } from "./noise";

/** One reading of a cluster that is judged, and what was remembered of those before. */
export interface Judging {
  fleet: FleetSnapshot;
  cluster: ClusterSnapshot;
  memory: NoiseMemory;
  /** Brokers whose measures tell of now. */
  fresh: ReadonlyMap<number, BrokerMeters>;
  atMs: number;
  intervalMs: number;
}
