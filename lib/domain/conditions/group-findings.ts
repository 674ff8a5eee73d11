import { formatCountOf, formatDuration, formatPercent, formatSpan } from "@/lib/domain/format";
import { isAtLeast, isKnown, knownValue, type Observed } from "@/lib/domain/observed";
import type { Evidence, Severity } from "@/lib/domain/views/common";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { ConditionRule, Finding } from "./condition";

/** From this part of the retention on, unread records are near their end. */
export const NEAR_LOSS_SHARE = 0.8;

/**
 * What needs to be known about one group of a tenant: the worst thing, and beside it that the rest is near its loss. `sawLastLeave`: its
 * last member was seen leaving. A group that was found empty may have been left on purpose, long ago.
 */
export function groupFindings(tenantId: string, group: GroupSummary, sawLastLeave: boolean): Finding[] {
  const found = (rule: ConditionRule, severity: Severity, sentence: string): Finding => ({
    rule,
    severity,
    sentence,
    evidence: evidenceOf(group),
    tenantId,
    clusterId: group.clusterId,
    subject: `group ${group.groupId}`,
  });
  const findings: Finding[] = [];
  if ((group.lostRecords ?? 0) > 0 || group.state === "losing") {
    const lost = formatCountOf(group.lostRecords ?? 0, "record");
    findings.push(found("lag.losing", "danger", `${group.groupId} committed below the start of the log: ${lost} gone unread.`));
  }
  if (group.state === "stuck") findings.push(found("lag.stuck", "danger", stuckSentence(group)));
  else if (group.state === "behind") findings.push(found("lag.behind", "warn", behindSentence(group)));
  else if (group.state === "no-members" && hasBacklog(group)) {
    findings.push(found("lag.no-members", sawLastLeave ? "warn" : "info", emptySentence(group)));
  }
  if (group.lostRecords === 0 && (group.retentionShare ?? 0) >= NEAR_LOSS_SHARE) {
    const share = `${leastOf(group.timeBehindMs)}${formatPercent(group.retentionShare ?? 0)}`;
    const sentence = `${group.groupId} is behind by ${share} of the retention; what it has not read goes next.`;
    findings.push(found("lag.near-loss", "danger", sentence));
  }
  return findings;
}

function evidenceOf(group: GroupSummary): Evidence {
  const { recordsBehind, timeBehindMs, retentionShare, lostRecords, objectiveMs, stuckSince, commitsExpireAt } = group;
  return {
    recordsBehind: knownValue(recordsBehind),
    timeBehindMs: knownValue(timeBehindMs),
    retentionShare,
    lostRecords,
    objectiveMs,
    stuckSince,
    commitsExpireAt,
  };
}

function hasBacklog({ recordsBehind }: GroupSummary): boolean {
  return isKnown(recordsBehind) && recordsBehind.value > 0;
}

function stuckSentence(group: GroupSummary): string {
  const since = group.stuckSince === null ? "" : ` since ${group.stuckSince.slice(11, 16)} UTC`;
  return `${group.groupId} has members, but its commits have not moved${since}; ${backlog(group)}.`;
}

function behindSentence(group: GroupSummary): string {
  const objective = group.objectiveMs === null ? "" : `, objective ${formatSpan(group.objectiveMs)}`;
  return `${group.groupId}: ${backlog(group)}${objective}.`;
}

function emptySentence(group: GroupSummary): string {
  const expires =
    group.commitsExpireAt === null ? "" : ` Kafka drops its commits on ${group.commitsExpireAt.slice(0, 16).replace("T", " ")} UTC.`;
  return `${group.groupId} has no members; ${backlog(group)}.${expires}`;
}

function backlog({ recordsBehind, timeBehindMs }: GroupSummary): string {
  const records = isKnown(recordsBehind)
    ? `${leastOf(recordsBehind)}${formatCountOf(recordsBehind.value, "record")}`
    : "an unknown number of records";
  if (!isKnown(timeBehindMs)) return `${records} behind`;
  return `${records} and ${leastOf(timeBehindMs)}${formatDuration(timeBehindMs.value)} behind`;
}

function leastOf(observed: Observed<number>): string {
  return isAtLeast(observed) ? "at least " : "";
}
