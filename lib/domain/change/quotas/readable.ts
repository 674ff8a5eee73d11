import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import type { Refusal } from "@/lib/domain/change/plan";
import { paths } from "@/lib/domain/paths";

/** A cluster that is not among the facts. */
export function noCluster(clusterId: string, field: string | null): Refusal {
  const link = { label: "Clusters", href: paths.clusters() };
  return { field, reason: `There is no cluster "${clusterId}".`, wayOut: "Choose one of the list.", link };
}

/** Why no rule of a cluster can be planned; null: its rules are known. */
export function quotasRefusal({ clusterId, name, quotas, quotasBy, problems }: ClusterFacts): Refusal | null {
  const link = { label: name, href: paths.cluster(clusterId) };
  if (quotasBy.by === null) return { field: null, reason: quotasBy.reason, wayOut: quotasBy.wayOut, link };
  if (quotas !== null) return null;
  const problem = problems.find(({ operation }) => operation === "DescribeClientQuotas");
  const reason = `The quotas of ${name} could not be read${problem === undefined ? "." : `: ${problem.message}`}`;
  return { field: null, reason, wayOut: problem?.remedy ?? "Try again in a moment.", link };
}

/** The same for a cluster by its id. */
export function quotasRefusalOf(clusterId: string, { clusters }: Pick<PlanFacts, "clusters">): Refusal | null {
  const cluster = clusters.get(clusterId);
  return cluster === undefined ? noCluster(clusterId, null) : quotasRefusal(cluster);
}
