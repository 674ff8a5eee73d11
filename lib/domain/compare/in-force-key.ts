import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { PlaceAnswer, PlaceQuestion } from "./in-force";

const NEW_CLUSTER = "The key of a cluster cannot be changed: another one means a new cluster.";

/** Whether a silo's key is the tenant's own. AWS's managed key and one of yours look alike in MSK's description. */
export function keyInForce({ place: { cluster }, fleet }: PlaceQuestion): PlaceAnswer {
  if (cluster === null) return { state: "unseen", sentence: "The console has no connection to this cluster." };
  if (cluster.msk === null)
    return { state: "unseen", sentence: "Kafka does not tell whether its disks are encrypted; AWS has not told of this cluster." };
  const key = cluster.msk.cluster.kmsKeyArn;
  if (key === null) return { state: "unseen", sentence: "AWS has not told which key encrypts this cluster." };
  const others = clustersWithKey(fleet, key).filter((id) => id !== cluster.clusterId);
  if (others.length > 0) {
    return {
      state: "could",
      sentence: `Its key ${shortKey(key)} also encrypts ${others.join(", ")}, so it is not this tenant's own. ${NEW_CLUSTER}`,
    };
  }
  return {
    state: "unseen",
    sentence: `Key ${shortKey(key)} encrypts no other cluster here. Whether it is yours or AWS's own (alias/aws/kafka) cannot be seen without kms:DescribeKey. ${NEW_CLUSTER}`,
  };
}

/** Clusters of the fleet that a key encrypts. */
export function clustersWithKey(fleet: FleetSnapshot, keyArn: string): string[] {
  return [...fleet.clusters.values()].filter(({ msk }) => msk?.cluster.kmsKeyArn === keyArn).map(({ clusterId }) => clusterId);
}

/** The id at the end of a key's ARN; an id is long, its beginning tells keys apart. */
function shortKey(arn: string): string {
  const id = arn.split("/").at(-1) ?? arn;
  return id.length > 13 ? `${id.slice(0, 8)}…` : id;
}
