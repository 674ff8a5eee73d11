import { paths } from "@/lib/domain/paths";
import { isPostureRule } from "@/lib/domain/posture/rules";
import type { ConditionView } from "@/lib/domain/views/common";

/** Where a condition is looked into, and what stands there. */
export interface ConditionPlace {
  href: string;
  word: string;
}

/** The page that shows what a condition is about: the narrower one wins, a group before its tenant. */
export function conditionPlace({ rule, tenantId, clusterId, subject }: ConditionView): ConditionPlace {
  if (clusterId !== null) {
    if (rule === "topic.unowned") return { href: paths.topics(clusterId, { owner: "unowned" }), word: "Topics" };
    if (rule === "group.unowned") return { href: paths.groups(clusterId, { owner: "unowned" }), word: "Groups" };
    if (rule.startsWith("lag.") && subject.startsWith("group ")) {
      return { href: paths.group(clusterId, subject.slice("group ".length)), word: "Group" };
    }
  }
  if (clusterId !== null && isPostureRule(rule)) {
    if (subject.startsWith("topic ")) return { href: paths.topic(clusterId, subject.slice("topic ".length)), word: "Topic" };
    if (subject.startsWith("group ")) return { href: paths.group(clusterId, subject.slice("group ".length)), word: "Group" };
    if (tenantId !== null && subject.startsWith("principal ")) return { href: paths.tenant(tenantId, "access"), word: "Access" };
    if (tenantId !== null && subject === "topics") return { href: paths.tenant(tenantId, "topics"), word: "Topics" };
    if (rule === "fairness.no-quota" && tenantId !== null) return { href: paths.tenant(tenantId, "access"), word: "Access" };
  }
  if (rule.startsWith("noise.")) {
    const href = tenantId === null ? paths.noisy({ cluster: clusterId ?? "" }) : paths.noisy({ tenant: tenantId });
    return { href, word: "Noisy" };
  }
  if (rule === "isolation.model-unfit" && tenantId !== null)
    return { href: `${paths.isolation({ tenant: tenantId })}#advisor`, word: "Advice" };
  if (rule === "naming.nested-ids") return { href: paths.tenants(), word: "Tenants" };
  if (tenantId !== null) {
    return rule === "tenant.no-identity"
      ? { href: paths.tenant(tenantId, "access"), word: "Access" }
      : { href: paths.tenant(tenantId), word: "Tenant" };
  }
  return clusterId === null ? { href: paths.overview(), word: "Overview" } : { href: paths.cluster(clusterId), word: "Cluster" };
}
