import { formatDuration, formatPercent, formatRateOf } from "@/lib/domain/format";
import { isKnown, knownValue } from "@/lib/domain/observed";
import type { Evidence, Severity } from "@/lib/domain/views/common";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { Direction, DirectionUse } from "@/lib/domain/views/use";
import { type ConditionRule, conditionId, type Finding } from "./condition";
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
  /** Whether a condition was so at the last look, by its id. */
  isOpen: (id: string) => boolean;
  /** Whether the last member of a group was seen leaving. */
  sawLastLeave: (group: GroupSummary) => boolean;
  /** Time in ms since which nothing was produced; null: something was, or it is not known. */
  silentForMs: number | null;
}

/** Silence shorter than this is ordinary. */
export const SILENT_MS = 15 * 60_000;
/** A use that was near its quota is, until it falls below this: one that hovers about 80 % would begin and end every minute. */
export const NEAR_LEFT_SHARE = 0.75;

/** What needs to be known about one tenant, from its three axes and its groups. */
export function tenantFindings(input: TenantFindingsInput): Finding[] {
  const { tenantId } = input;
  const findings = [
    ...directionFindings(input, "produce"),
    ...directionFindings(input, "consume"),
    ...input.ownGroups.flatMap((group) => groupFindings(tenantId, group, input.sawLastLeave(group))),
  ];
  for (const clusterId of input.clustersWithoutIdentity) {
    const sentence = `It has no principal or client-id of its own on ${clusterId}, so Kafka cannot count or limit it by itself.`;
    const evidence = { ownTopics: input.ownTopicCount };
    findings.push({ rule: "tenant.no-identity", severity: "info", sentence, evidence, tenantId, clusterId, subject: "identity" });
  }
  if (input.ownTopicCount > 0 && input.silentForMs !== null && input.silentForMs >= SILENT_MS) {
    const sentence = `Nothing was produced for ${formatDuration(input.silentForMs)}.`;
    const evidence = { silentForMs: input.silentForMs };
    findings.push({ rule: "tenant.silent", severity: "info", sentence, evidence, tenantId, clusterId: null, subject: "produce" });
  }
  return findings;
}

const SEVERITY: Partial<Record<DirectionUse["state"], [ConditionRule, Severity]>> = {
  "throttled-below-promise": ["limit.throttled-below-promise", "danger"],
  "at-limit": ["limit.at-limit", "warn"],
  "not-in-force": ["limit.not-in-force", "warn"],
  near: ["limit.near", "warn"],
};

function directionFindings(input: TenantFindingsInput, direction: Direction): Finding[] {
  const { tenantId } = input;
  const findings: Finding[] = [];
  const use = input[direction];
  const [rule, severity] = SEVERITY[staysNear(input, direction) ? "near" : use.state] ?? [];
  const { worst, promise, bytesPerSecond } = use;
  if (rule !== undefined && severity !== undefined && worst !== null) {
    const sentence =
      rule === "limit.near" ? nearSentence(direction, worst) : `${capital(direction)}: ${use.note ?? nearSentence(direction, worst)}`;
    findings.push({
      rule,
      severity,
      sentence,
      evidence: limitEvidence(use, worst),
      tenantId,
      clusterId: worst.clusterId,
      subject: direction,
    });
  }
  if (promise?.state === "above" && isKnown(bytesPerSecond)) {
    const rate = formatRateOf(bytesPerSecond.value, promise.bytesPerSecond);
    const sentence = `${capital(direction)} ${bytesPerSecond.atLeast ? "at least " : ""}${rate} promised in total.`;
    const evidence = { totalBytesPerSecond: bytesPerSecond.value, promiseBytesPerSecond: promise.bytesPerSecond };
    findings.push({ rule: "promise.above", severity: "warn", sentence, evidence, tenantId, clusterId: null, subject: direction });
  }
  return findings;
}

function staysNear({ tenantId, isOpen, ...uses }: TenantFindingsInput, direction: Direction): boolean {
  const { state, worst } = uses[direction];
  if (state !== "free" || worst === null || (worst.share ?? 0) < NEAR_LEFT_SHARE) return false;
  return isOpen(conditionId({ rule: "limit.near", clusterId: worst.clusterId, tenantId, subject: direction }));
}

function limitEvidence({ bytesPerSecond, promise }: DirectionUse, worst: NonNullable<DirectionUse["worst"]>): Evidence {
  return {
    brokerId: worst.brokerId,
    bucket: worst.bucket,
    bytesPerSecond: worst.bytesPerSecond,
    quotaBytesPerSecond: worst.quotaBytesPerSecond,
    share: worst.share,
    throttleMs: worst.throttleMs,
    totalBytesPerSecond: knownValue(bytesPerSecond),
    promiseBytesPerSecond: promise?.bytesPerSecond ?? null,
  };
}

function nearSentence(direction: Direction, worst: NonNullable<DirectionUse["worst"]>): string {
  const rate = formatRateOf(worst.bytesPerSecond, worst.quotaBytesPerSecond ?? 0);
  return `${capital(direction)} uses ${formatPercent(worst.share ?? 0)} of its quota on broker ${worst.brokerId}: ${rate}.`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
