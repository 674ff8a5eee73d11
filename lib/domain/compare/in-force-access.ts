import { authorizerOf } from "@/lib/domain/access/authorizer-settings";
import { formatCountOf } from "@/lib/domain/format";
import { kafkaUserOf } from "@/lib/domain/principal-name";
import type { PlaceAnswer, PlaceQuestion } from "./in-force";

/** Whether rules on topics were found for the tenant's principals. IAM's policies are not read, and nothing is concluded from that. */
export function accessInForce({ place: { model, cluster, kind, placements } }: PlaceQuestion): PlaceAnswer {
  if (model === "pool")
    return {
      state: "cannot",
      sentence: "Its records lie among others' in the same topics: only the application's own code keeps them apart.",
    };
  const principals = placements.flatMap((placement) => placement.principals);
  if (kind === "serverless" || (principals.length > 0 && principals.every(({ kind: way }) => way.startsWith("iam-")))) {
    return { state: "unseen", sentence: "Its clients sign in by IAM; IAM policies are not read, and ACLs say nothing of them." };
  }
  if (cluster !== null && authorizerOf(cluster).isOn === false)
    return { state: "could", sentence: "The brokers check no permission: every client can read and write what it has here." };
  if (cluster === null || cluster.acls === null) return { state: "unseen", sentence: "The ACLs of this cluster could not be read." };
  if (principals.length === 0) return { state: "could", sentence: "It has no principal of its own here that a rule could name." };
  const users = new Set(principals.map((principal) => `User:${kafkaUserOf(principal)}`));
  const rules = cluster.acls.filter(
    ({ principal, resourceType, permission }) => resourceType === "topic" && permission === "allow" && users.has(principal),
  );
  if (rules.length === 0) return { state: "could", sentence: "No ACL names its principals on any topic." };
  const names = [...new Set(rules.map(({ resourceName, patternType }) => `${resourceName}${patternType === "prefixed" ? "*" : ""}`))];
  const shown = names.slice(0, 3).join(", ");
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  return { state: "has", sentence: `${formatCountOf(rules.length, "ACL")} on topics ${shown}${more}.` };
}
