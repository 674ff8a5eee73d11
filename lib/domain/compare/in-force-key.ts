import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { PlaceAnswer, PlaceQuestion } from "./in-force";

const NEW_CLUSTER = "The key of a cluster cannot be changed: another one means a new cluster.";

/** Whose key encrypts a cluster, as far as AWS tells; a reason where it does not. */
export type KeyKnowledge =
  | { keyArn: string; manager: "aws" | "customer"; state: string | null }
  | { keyArn: string | null; cannotSee: string };

/** MSK names the key and KMS says who manages it: by MSK's description alone AWS's own key and one of yours look alike. */
export function keyOf({ msk, parts }: Pick<ClusterSnapshot, "msk" | "parts">): KeyKnowledge {
  if (msk === null)
    return { keyArn: null, cannotSee: "Kafka does not tell how its disks are encrypted, and AWS has not told of this cluster." };
  const keyArn = msk.cluster.kmsKeyArn;
  if (keyArn === null) return { keyArn, cannotSee: "AWS has not told which key encrypts this cluster." };
  if (msk.key?.arn === keyArn) return { keyArn, manager: msk.key.manager, state: msk.key.state };
  const problem = parts.msk.problems.find(({ operation }) => operation === "DescribeKey");
  return { keyArn, cannotSee: problem?.message ?? "KMS has not been asked yet whether the key is yours or AWS's own (kms:DescribeKey)." };
}

/** Whether a silo's key is the tenant's own: one that a customer manages, and that encrypts nothing of others. */
export function keyInForce({ place: { cluster }, fleet }: PlaceQuestion): PlaceAnswer {
  if (cluster === null) return { state: "unseen", sentence: "The console has no connection to this cluster." };
  const known = keyOf(cluster);
  if (known.keyArn === null) return { state: "unseen", sentence: "cannotSee" in known ? known.cannotSee : "" };
  const short = shortKey(known.keyArn);
  const others = clustersWithKey(fleet, known.keyArn).filter((id) => id !== cluster.clusterId);
  const besides = others.length === 0 ? "" : `, and encrypts ${others.join(", ")} too`;
  if ("manager" in known && known.manager === "aws") {
    const why = "which AWS gives to every cluster that was made without one";
    return { state: "could", sentence: `Its key ${short} is AWS managed (alias/aws/kafka), ${why}${besides}. ${NEW_CLUSTER}` };
  }
  if (others.length > 0) {
    return {
      state: "could",
      sentence: `Its key ${short} also encrypts ${others.join(", ")}, so it is not this tenant's own. ${NEW_CLUSTER}`,
    };
  }
  if ("cannotSee" in known) {
    return {
      state: "unseen",
      sentence: `Key ${short} encrypts no other cluster here. Cannot see whether it is yours or AWS managed: ${known.cannotSee} ${NEW_CLUSTER}`,
    };
  }
  const state = known.state === null || known.state === "Enabled" ? "" : ` KMS says that it is ${known.state}.`;
  return { state: "has", sentence: `Key ${short} is managed by you, and encrypts no other cluster here.${state} ${NEW_CLUSTER}` };
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
