import type { Finding } from "@/lib/domain/conditions/condition";
import { formatCountOf } from "@/lib/domain/format";
import { affects, listed } from "./affected";
import type { PostureInput, Report } from "./posture";

/** Names that will be a trouble. Topics and groups of nobody are conditions of their own. */
export function namingFindings({ fleet, cluster }: PostureInput, report: Report): void {
  if (cluster.msk === null) return;
  const groups = [...(fleet.groups.get(cluster.clusterId)?.values() ?? [])].filter(({ groupId }) => groupId.includes(":"));
  if (groups.length === 0) return;
  const named = groups.map(({ groupId }) => groupId);
  const tenantIds = groups.flatMap(({ owner }) =>
    owner.kind === "tenant" ? [owner.tenantId] : owner.kind === "shared" ? owner.tenantIds : [],
  );
  report.find({
    rule: "naming.group-colon",
    severity: "info",
    sentence: `${listed(named)}: CloudWatch has no lag of ${named.length === 1 ? "a group" : "groups"} with a colon in the name.`,
    evidence: { groups: named.length, names: named.slice(0, 5).join(", "), ...affects([...new Set(tenantIds)]) },
    tenantId: null,
    subject: "groups",
  });
}

/** Ids of tenants of which one is the beginning of another; told once for the fleet. In their order the longer ones follow at once. */
export function nestedIds(tenantIds: readonly string[]): Finding | null {
  const sorted = tenantIds.toSorted();
  const pairs: [string, string][] = [];
  const around: string[] = [];
  for (const id of sorted) {
    while (around.length > 0 && !id.startsWith(around.at(-1) ?? "")) around.pop();
    const outer = around.at(-1);
    if (outer !== undefined) pairs.push([outer, id]);
    around.push(id);
  }
  const [first] = pairs;
  if (first === undefined) return null;
  const ids = [...new Set(pairs.flat())];
  return {
    rule: "naming.nested-ids",
    severity: "info",
    sentence: `${formatCountOf(pairs.length, "tenant id begins", "tenant ids begin")} with another's, as ${first[1]} with ${first[0]}: a prefix without its delimiter covers both.`,
    evidence: {
      pairs: pairs.length,
      first: listed(
        pairs.slice(0, 5).map(([outer, inner]) => `${outer} in ${inner}`),
        pairs.length,
        5,
      ),
      ...affects(ids),
    },
    tenantId: null,
    clusterId: null,
    subject: "tenant ids",
  };
}
