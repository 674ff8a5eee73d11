import type { CloudFacts } from "@/lib/domain/cloud-facts";
import type { Reading } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { withDiskPoints } from "./disk-history";
import { nothing, type PartResult } from "./with-part";

/** Takes CloudWatch's newest minute. Disks are remembered from it only where the brokers themselves do not tell them. */
export function mergeCloud(snapshot: ClusterSnapshot, { value: cloud, problems }: Reading<CloudFacts | null>, nowMs: number): PartResult {
  if (cloud === null) return nothing(problems);
  const fields: PartResult["fields"] = { cloud };
  if (snapshot.dirs.length === 0) fields.diskHistory = withDiskPoints(snapshot.diskHistory, cloudDisks(cloud), nowMs);
  return { fields, broughtSomething: true, problems };
}

function cloudDisks({ brokers }: CloudFacts): Map<number, number> {
  const shares = new Map<number, number>();
  for (const [id, { KafkaDataLogsDiskUsed: percent }] of brokers) if (percent !== undefined) shares.set(id, percent / 100);
  return shares;
}
