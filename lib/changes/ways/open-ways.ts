import { clusterOf, type Target } from "@/lib/domain/change/operation";
import type { Problem } from "@/lib/domain/facts";
import { kafkaWay } from "./kafka-way";
import { mskWay } from "./msk-way";
import type { ChangeAdmin, ChangeRegion } from "./ports";
import { problemOfError } from "./problems";
import type { Way } from "./way";

/** How clusters are reached. What these throw is the reason why nothing can be written there. */
export interface Clusters {
  kafka: (clusterId: string) => ChangeAdmin;
  aws: (clusterId: string) => { region: ChangeRegion; arn: string } | null;
  topicsBy: (clusterId: string) => "kafka" | "msk";
}

/** The way by which each operation is carried out, one for all operations that share it; null: it is a declaration. */
export function openWays(clusters: Clusters): (target: Target) => Way | null {
  const ways = new Map<string, Way>();
  return (target) => {
    const clusterId = clusterOf(target);
    if (clusterId === null) return null;
    const kind = target.kind === "quota" || topicsBy(clusters, clusterId) === "kafka" ? "kafka" : "msk";
    const key = `${kind} ${clusterId}`;
    const way = ways.get(key) ?? (kind === "kafka" ? byKafka(clusters, clusterId) : byMsk(clusters, clusterId));
    ways.set(key, way);
    return way;
  };
}

/** Of a cluster that is no longer known, opening the way says why. */
export function topicsBy({ topicsBy: of }: Clusters, clusterId: string): "kafka" | "msk" {
  try {
    return of(clusterId);
  } catch {
    return "kafka";
  }
}

function byKafka({ kafka }: Clusters, clusterId: string): Way {
  try {
    return kafkaWay(clusterId, kafka(clusterId));
  } catch (error) {
    return closedWay(clusterId, problemOfError("Metadata", error));
  }
}

function byMsk({ aws }: Clusters, clusterId: string): Way {
  try {
    const found = aws(clusterId);
    if (found !== null) return mskWay(clusterId, found.region, found.arn);
    const message = `No account of the connections reaches the cluster ${clusterId}.`;
    return closedWay(clusterId, { code: "invalid", operation: "DescribeTopic", message });
  } catch (error) {
    return closedWay(clusterId, problemOfError("DescribeTopic", error));
  }
}

/** Of a cluster that the console cannot reach by any means. */
function closedWay(clusterId: string, problem: Problem): Way {
  return {
    name: `${clusterId}, closed`,
    clusterId,
    looks: 1,
    keepsTurn: false,
    lateMs: 0,
    pauseMs: { first: 100, most: 2_000 },
    read: async (operations) => new Map(operations.map(({ index }) => [index, { problem }])),
    write: async (operations) => new Map(operations.map(({ index }) => [index, { ok: false, problem, uncertain: false }])),
    stands: () => false,
  };
}
