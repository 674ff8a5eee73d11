import type { FleetMemory } from "@/lib/domain/fleet-memory";
import { heldOn } from "@/lib/domain/held-on";
import { POSTURE_LABELS } from "@/lib/domain/posture/rules";
import { type ConditionView, type Evidence, SEVERITIES, type Severity } from "@/lib/domain/views/common";

/** Every rule by its stable name, and the two or three words a list shows for it. */
export const CONDITION_LABELS = {
  "brake.not-lifted": "Brake not lifted",
  "noise.noisy": "Noisy",
  "limit.throttled-below-promise": "Throttled below promise",
  "limit.at-limit": "Throttled",
  "limit.not-in-force": "Quota not in force",
  "limit.near": "Near quota",
  "promise.above": "Above promise",
  "brake.active": "Under a brake",
  "lag.losing": "Losing records",
  "lag.stuck": "Consumer stuck",
  "lag.near-loss": "Near loss",
  "lag.behind": "Lag past objective",
  "lag.no-members": "No members",
  "tenant.no-identity": "No identity",
  "tenant.silent": "Silent",
  "drift.quota": "Quota drift",
  "drift.retention": "Retention drift",
  "drift.message-size": "Message size drift",
  "drift.override-over": "Override over",
  "broker.missing": "Broker missing",
  "partition.leaderless": "Partitions without leader",
  "noise.pressure": "Broker under pressure",
  "partition.under-replicated": "Under-replicated",
  "source.missing": "Cannot see all",
  "noise.loud": "Loud",
  "topic.unowned": "Unowned topics",
  "group.unowned": "Unowned groups",
  ...POSTURE_LABELS,
} as const;
export type ConditionRule = keyof typeof CONDITION_LABELS;

/** What a rule found, before it is known since when it is so. */
export interface Finding {
  rule: ConditionRule;
  severity: Severity;
  sentence: string;
  evidence: Evidence;
  tenantId: string | null;
  clusterId: string | null;
  /** What it is about, in Kafka's words: "group acme.billing", "broker 2", "produce". */
  subject: string;
  /** Since when it is so, milliseconds since 1970, where whoever found it knows; else since it was first found. */
  sinceMs?: number | null;
}

/** The same finding gets the same id at every assembly, so that its beginning is kept. */
export function conditionId({ rule, clusterId, tenantId, subject }: Pick<Finding, "rule" | "clusterId" | "tenantId" | "subject">): string {
  return [rule, clusterId ?? "", tenantId ?? "", subject].join("|");
}

/** What was found as it is shown: since when it is so, and whether somebody has seen it. An acknowledgement ends at its time. */
export function toCondition(
  { sinceMs, ...finding }: Finding,
  { conditionsSince, acknowledgements }: Pick<FleetMemory, "conditionsSince" | "acknowledgements">,
  at: string,
): ConditionView {
  const id = conditionId(finding);
  const seen = acknowledgements.get(id);
  const acknowledged = seen !== undefined && seen.until > at ? seen : null;
  return {
    ...finding,
    id,
    label: CONDITION_LABELS[finding.rule],
    since: conditionsSince.get(id) ?? (sinceMs == null ? at : new Date(sinceMs).toISOString()),
    until: null,
    acknowledged,
  };
}

const shown = heldOn<Finding, ConditionView>();

/** The same for a finding that outlives an assembly: the very condition from before, where it would say the same. */
export function keptCondition(
  finding: Finding,
  memory: Pick<FleetMemory, "conditionsSince" | "acknowledgements">,
  at: string,
): ConditionView {
  const before = shown.get(finding);
  const stands =
    before?.acknowledged === null && !memory.acknowledgements.has(before.id) && memory.conditionsSince.get(before.id) === before.since;
  if (stands) return before;
  return shown.set(finding, toCondition(finding, memory, at));
}

const RULE_ORDER = new Map<string, number>(Object.keys(CONDITION_LABELS).map((rule, position) => [rule, position]));
const SEVERITY_ORDER = new Map<string, number>(SEVERITIES.map((severity, position) => [severity, position]));

/** Worst first: by severity, then in the order of the rules, then the older one. */
export function compareConditions(a: ConditionView, b: ConditionView): number {
  return (
    (SEVERITY_ORDER.get(a.severity) ?? 9) - (SEVERITY_ORDER.get(b.severity) ?? 9) ||
    (RULE_ORDER.get(a.rule) ?? 99) - (RULE_ORDER.get(b.rule) ?? 99) ||
    (a.since < b.since ? -1 : a.since > b.since ? 1 : 0) ||
    (a.id < b.id ? -1 : 1)
  );
}

/**
 * What a row of a list shows: the worst condition that nobody has acknowledged, and how many more there are. null: well, or all of it
 * is seen. Expects the worst first.
 */
export function attentionOf(sorted: readonly ConditionView[]): { severity: Severity; label: string; more: number } | null {
  const unseen = sorted.filter(({ acknowledged }) => acknowledged === null);
  const [worst] = unseen;
  return worst === undefined ? null : { severity: worst.severity, label: worst.label, more: unseen.length - 1 };
}
