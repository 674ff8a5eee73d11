import { formatDuration, formatPercent, formatRateOf } from "@/lib/domain/format";
import { isKnown } from "@/lib/domain/observed";
import type { Severity } from "@/lib/domain/views/common";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { Direction, DirectionUse } from "@/lib/domain/views/use";
import type { ConditionRule, Finding } from "./condition";
import { groupFindings } from "./group-findings";

export interface TenantFindingsInput {
  tenantId: string;
  produce: DirectionUse;
  consume: DirectionUse;
  /** Groups that are this tenant's alone; a shared group's lag is nobody's in particular. */
  ownGroups: readonly GroupSummary[];
  /** Clusters on which the tenant is placed without any identity that quotas or meters could know. */
  clustersWithoutIdentity: readonly string[];
  /** The tenant's topics, the tenant's own ones; with none there is nothing that could be silent. */
  ownTopicCount: number;
  /** Time in ms since which nothing was produced; null: something was, or it is not known. */
  silentForMs: number | null;
}

/** Silence shorter than this is ordinary. */
export const SILENT_MS = 15 * 60_000;

/** What needs to be known about one tenant, from its three axes and its groups. */
export function tenantFindings(input: TenantFindingsInput): Finding[] {
  const { tenantId } = input;
  const findings = [
    ...directionFindings(tenantId, "produce", input.produce),
    ...directionFindings(tenantId, "consume", input.consume),
    ...input.ownGroups.flatMap((group) => groupFindings(tenantId, group)),
  ];
  for (const clusterId of input.clustersWithoutIdentity) {
    const sentence = `It has no principal or client-id of its own on ${clusterId}, so Kafka cannot count or limit it by itself.`;
    findings.push({ rule: "tenant.no-identity", severity: "info", sentence, tenantId, clusterId, subject: "identity" });
  }
  if (input.ownTopicCount > 0 && input.silentForMs !== null && input.silentForMs >= SILENT_MS) {
    const sentence = `Nothing was produced for ${formatDuration(input.silentForMs)}.`;
    findings.push({ rule: "tenant.silent", severity: "info", sentence, tenantId, clusterId: null, subject: "produce" });
  }
  return findings;
}

const SEVERITY: Partial<Record<DirectionUse["state"], [ConditionRule, Severity]>> = {
  "throttled-below-promise": ["limit.throttled-below-promise", "danger"],
  "at-limit": ["limit.at-limit", "warn"],
  "not-in-force": ["limit.not-in-force", "warn"],
  near: ["limit.near", "warn"],
};

function directionFindings(tenantId: string, direction: Direction, use: DirectionUse): Finding[] {
  const findings: Finding[] = [];
  const [rule, severity] = SEVERITY[use.state] ?? [];
  const { worst, promise, bytesPerSecond } = use;
  if (rule !== undefined && severity !== undefined && worst !== null) {
    const sentence =
      rule === "limit.near" ? nearSentence(direction, worst) : `${capital(direction)}: ${use.note ?? nearSentence(direction, worst)}`;
    findings.push({ rule, severity, sentence, tenantId, clusterId: worst.clusterId, subject: direction });
  }
  if (promise?.state === "above" && isKnown(bytesPerSecond)) {
    const rate = formatRateOf(bytesPerSecond.value, promise.bytesPerSecond);
    const sentence = `${capital(direction)} ${bytesPerSecond.atLeast ? "at least " : ""}${rate} promised in total.`;
    findings.push({ rule: "promise.above", severity: "warn", sentence, tenantId, clusterId: null, subject: direction });
  }
  return findings;
}

function nearSentence(direction: Direction, worst: NonNullable<DirectionUse["worst"]>): string {
  const rate = formatRateOf(worst.bytesPerSecond, worst.quotaBytesPerSecond ?? 0);
  return `${capital(direction)} uses ${formatPercent(worst.share ?? 0)} of its quota on broker ${worst.brokerId}: ${rate}.`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
