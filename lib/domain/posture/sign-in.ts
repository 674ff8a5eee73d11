import type { PostureInput } from "./posture";
import { tenantsOn } from "./posture";

/** Whether clients sign in by IAM, whose policies decide then and ACLs do not. */
export function isIam(input: PostureInput): "only" | "also" | "no" {
  const { cluster, connection } = input;
  const ways = cluster.msk?.cluster.authentication;
  if (ways !== undefined) {
    if (!ways.iam) return "no";
    return ways.scram || ways.tls || ways.unauthenticated ? "also" : "only";
  }
  if (connection?.authentication.kind === "iam") return "also";
  const kinds = tenantsOn(input).flatMap(({ tenant }) =>
    tenant.placements.filter((one) => one.cluster === cluster.clusterId).flatMap(({ principals }) => principals.map(({ kind }) => kind)),
  );
  return kinds.some((kind) => kind.startsWith("iam-")) ? "also" : "no";
}
