import { conditionPlace } from "@/lib/domain/conditions/place";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ConditionView } from "@/lib/domain/views/common";
import type { PostureCheck, PostureCounts, PostureFinding, PostureView } from "@/lib/domain/views/posture";
import { affectedIn } from "./affected";
import { isPostureRule, POSTURE_CHECKS, POSTURE_RULES, type PostureRule } from "./rules";

export interface PostureFilter {
  clusterId: string | null;
  /** What is about the tenant, and what falls on it. */
  tenantId: string | null;
}

const SHOWN_MAX = 200;
/** Conditions that are told besides, because a check would find the same. */
const ALSO: Record<string, string> = {
  "topic.unowned": "Give the topics to a tenant by a placement, or delete them.",
  "group.unowned": "Give the groups to a tenant by a placement, or delete them.",
};

/** Findings that a filter passes, worst first. */
export function postureFindings(fleet: FleetSnapshot, filter: PostureFilter): ConditionView[] {
  return fleet.conditions.filter((condition) => (isPostureRule(condition.rule) || condition.rule in ALSO) && passes(condition, filter));
}

function passes({ clusterId, tenantId, evidence }: ConditionView, filter: PostureFilter): boolean {
  if (filter.clusterId !== null && clusterId !== null && clusterId !== filter.clusterId) return false;
  if (filter.tenantId === null) return true;
  return tenantId === filter.tenantId || (affectedIn(evidence)?.tenantIds.includes(filter.tenantId) ?? false);
}

export function postureCounts(findings: readonly ConditionView[]): PostureCounts {
  const counts: PostureCounts = { danger: 0, warn: 0, info: 0, acknowledged: 0 };
  for (const { severity, acknowledged } of findings) counts[acknowledged === null ? severity : "acknowledged"] += 1;
  return counts;
}

export function postureView(fleet: FleetSnapshot, filter: PostureFilter): PostureView {
  const findings = postureFindings(fleet, filter);
  return {
    at: fleet.at,
    checkedAt: checkedAt(fleet, filter),
    counts: postureCounts(findings),
    findings: findings.slice(0, SHOWN_MAX).map((finding) => findingView(fleet, finding)),
    total: findings.length,
    clusterNames: Object.fromEntries([...fleet.summaries].map(([id, { name }]) => [id, name])),
    checks: POSTURE_RULES.map((rule) => checkView(rule, findings, fleet, filter)),
  };
}

export function remedyOf(rule: string): string {
  return isPostureRule(rule) ? POSTURE_CHECKS[rule].remedy : (ALSO[rule] ?? "");
}

function findingView(fleet: FleetSnapshot, finding: ConditionView): PostureFinding {
  const affected = affectedIn(finding.evidence);
  const tenants = affected?.tenantIds.map((id) => ({ id, name: fleet.tenants.get(id)?.tenant.name ?? id })) ?? [];
  return {
    ...finding,
    remedy: remedyOf(finding.rule),
    way: conditionPlace(finding),
    affects: affected === null ? null : { count: affected.count, tenants },
  };
}

function checkView(
  rule: PostureRule,
  findings: readonly ConditionView[],
  fleet: FleetSnapshot,
  { clusterId }: PostureFilter,
): PostureCheck {
  const { label, looksFor } = POSTURE_CHECKS[rule];
  const unseen: PostureCheck["unseen"] = [];
  for (const id of fleet.clusters.keys()) {
    if (clusterId !== null && id !== clusterId) continue;
    const swept = fleet.posture?.get(id);
    if (swept === undefined) unseen.push({ clusterId: id, reason: "Not checked yet.", partly: false });
    const whole = swept?.unseen[rule];
    const part = swept?.partly[rule];
    if (whole !== undefined) unseen.push({ clusterId: id, reason: whole, partly: false });
    else if (part !== undefined) unseen.push({ clusterId: id, reason: part, partly: true });
  }
  return { rule, label, looksFor, found: findings.filter((finding) => finding.rule === rule).length, unseen };
}

function checkedAt(fleet: FleetSnapshot, { clusterId }: PostureFilter): string | null {
  const ids = [...fleet.clusters.keys()].filter((id) => clusterId === null || id === clusterId);
  const times = ids.map((id) => fleet.posture?.get(id)?.at ?? null);
  return times.includes(null) ? null : (times.filter((time) => time !== null).toSorted()[0] ?? null);
}
