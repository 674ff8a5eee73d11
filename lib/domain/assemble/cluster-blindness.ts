import { clusterBlindness, estimateBlindness, placementBlindness } from "@/lib/domain/blindness";
import type { MeteredBrokers } from "@/lib/domain/quota/meters";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Blindness } from "@/lib/domain/views/tenants";

/** What every tenant on a cluster does not see of it; worked out once for all of them. */
export interface ClusterBlindness {
  parts: Blindness[];
  pool: Blindness[];
  /** Of a pool where samples tell its tenants apart. */
  poolEstimated: Blindness[];
  /** Where no exporter is read, what follows from that is told with the cluster's parts. */
  metersRead: boolean;
}

export function blindnessOf(cluster: ClusterSnapshot, brokers: MeteredBrokers): ClusterBlindness {
  const { exporter } = cluster.parts;
  const hasExporter = exporter.at !== null || exporter.problems.length > 0;
  return {
    parts: clusterBlindness(cluster, hasExporter),
    pool: placementBlindness(cluster.clusterId, "pool", false),
    poolEstimated: [estimateBlindness(cluster.clusterId)],
    metersRead: brokers.at !== null,
  };
}
