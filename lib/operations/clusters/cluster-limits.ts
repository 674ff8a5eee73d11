import { partitionLimit, SERVERLESS } from "@/lib/domain/cloud/msk-limits";
import { derived, measured, type Observed, unavailable } from "@/lib/domain/observed";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { BrokerView, ClusterSummary, LimitView } from "@/lib/domain/views/clusters";

const PAGE = "MSK quotas page, 2026";

/** Published limits of the cluster and what is used of each. Standard: MSK allows no update of a broker above its partition limit. */
export function clusterLimits(snapshot: ClusterSnapshot, summary: ClusterSummary, brokers: readonly BrokerView[]): LimitView[] {
  const { msk, at, parts } = snapshot;
  if (msk === null) return [];
  if (msk.cluster.kind === "serverless") return serverlessLimits(summary, parts.metadata.at ?? at);
  const limit = partitionLimit(msk.cluster.instanceType);
  if (limit === null) return [];
  const readAt = parts.metadata.at;
  return brokers.map(({ id, replicas }) => ({
    name: `Partitions with replicas on broker ${id}`,
    used:
      readAt === null ? unread(at) : { ...measured(replicas, readAt), source: snapshot.metadataFrom === "kafka" ? "measured" : "derived" },
    limit: limit.max,
    unit: "partitions",
    source: `${msk.cluster.instanceType}: recommended ${limit.recommended}, at most ${limit.max}. ${PAGE}`,
  }));
}

function serverlessLimits(summary: ClusterSummary, at: string): LimitView[] {
  const partitions: Observed<number> = summary.partitions === null ? unread(at) : derived(summary.partitions, at);
  return [
    { name: "Ingress", used: summary.bytesInPerSecond, limit: SERVERLESS.ingressBytesPerSecond, unit: "bytes/s", source: PAGE },
    { name: "Egress", used: summary.bytesOutPerSecond, limit: SERVERLESS.egressBytesPerSecond, unit: "bytes/s", source: PAGE },
    { name: "Leader partitions", used: partitions, limit: SERVERLESS.leaderPartitions, unit: "partitions", source: PAGE },
  ];
}

function unread(at: string): Observed<number> {
  return unavailable("Topics have not been read yet.", "They are read every minute.", at);
}
