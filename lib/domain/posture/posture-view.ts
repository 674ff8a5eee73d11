import { CONDITION_LABELS, type ConditionRule } from "@/lib/domain/conditions/condition";
import { conditionPlace } from "@/lib/domain/conditions/place";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ConditionView } from "@/lib/domain/views/common";
import type { PostureCheck, PostureCounts, PostureFinding, PostureView } from "@/lib/domain/views/posture";
import { affectedIn } from "./affected";
import { plansOf } from "./plans";
import { isPostureRule, isToldAsPosture, POSTURE_ALSO, POSTURE_CHECKS, POSTURE_RULES, type PostureRule } from "./rules";

export interface PostureFilter {
  clusterId: string | null;
  /** What is about the tenant, and what falls on it. */
  tenantId: string | null;
}

const SHOWN_MAX = 200;
/** Findings that a filter passes, worst first; what somebody has seen stands after the rest. */
export function postureFindings(fleet: FleetSnapshot, filter: PostureFilter): ConditionView[] {
  const found = fleet.conditions.filter((condition) => isToldAsPosture(condition.rule) && passesPosture(condition, filter));
  return found.toSorted((a, b) => Number(a.acknowledged !== null) - Number(b.acknowledged !== null));
}

/** What is about no cluster in particular concerns each; what falls on a tenant concerns it as what is about it. */
export function passesPosture(
  { clusterId, tenantId, evidence }: Pick<ConditionView, "clusterId" | "tenantId" | "evidence">,
  filter: PostureFilter,
): boolean {
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
    checks: [
      ...POSTURE_RULES.map((rule) => checkView(rule, findings, fleet, filter)),
      ...Object.keys(POSTURE_ALSO).map((rule) => alsoView(rule, findings, fleet, filter)),
    ],
  };
}

export function remedyOf(rule: string): string {
  return isPostureRule(rule) ? POSTURE_CHECKS[rule].remedy : (POSTURE_ALSO[rule]?.remedy ?? "");
}

function findingView(fleet: FleetSnapshot, finding: ConditionView): PostureFinding {
  const affected = affectedIn(finding.evidence);
  const tenants = affected?.tenantIds.map((id) => ({ id, name: fleet.tenants.get(id)?.tenant.name ?? id })) ?? [];
  return {
    ...finding,
    remedy: remedyOf(finding.rule),
    way: conditionPlace(finding),
    plans: plansOf(finding, fleet),
    commands: typeof finding.evidence.commands === "string" ? finding.evidence.commands : null,
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

/** A condition that every assembly looks for, and not the slow checks. */
function alsoView(rule: string, findings: readonly ConditionView[], fleet: FleetSnapshot, { clusterId }: PostureFilter): PostureCheck {
  const unseen: PostureCheck["unseen"] = [];
  for (const [id, { metadata, parts }] of fleet.clusters) {
    if (clusterId !== null && id !== clusterId) continue;
    const [problem] = rule.startsWith("drift.") ? parts.configs.problems : [];
    if (metadata === null) unseen.push({ clusterId: id, reason: "This cluster has not been read yet.", partly: false });
    else if (problem !== undefined) unseen.push({ clusterId: id, reason: problem.message, partly: true });
  }
  const label = CONDITION_LABELS[rule as ConditionRule];
  const { looksFor = "" } = POSTURE_ALSO[rule] ?? {};
  return { rule, label, looksFor, found: findings.filter((finding) => finding.rule === rule).length, unseen };
}

function checkedAt(fleet: FleetSnapshot, { clusterId }: PostureFilter): string | null {
  const ids = [...fleet.clusters.keys()].filter((id) => clusterId === null || id === clusterId);
  const times = ids.map((id) => fleet.posture?.get(id)?.at ?? null);
  return times.includes(null) ? null : (times.filter((time) => time !== null).toSorted()[0] ?? null);
}
