import type { z } from "zod";
import type { Mark, RetentionRuler } from "@/lib/domain/change/plan";
import type { GroupOutlook } from "./losses";
import { goesBytes, staysBytes, type TopicOutlook } from "./outlook";

/** Ticks on the ruler; the groups that lose most come first. */
const GROUPS_MAX = 50;

/** The age of records from the newest on: what stays, what goes, and where each group reads. Of several topics the longest counts. */
export function rulerOf(outlooks: readonly TopicOutlook[], groups: readonly GroupOutlook[], at: string): RetentionRuler {
  return {
    kind: "retention",
    nowMs: longest(outlooks.map(({ now }) => now.ms)),
    afterMs: longest(outlooks.map(({ after }) => after.ms)),
    marks: marksOf(outlooks),
    staysBytes: staysBytes(outlooks, at),
    goesBytes: goesBytes(outlooks, at),
    groups: groups
      .slice(0, GROUPS_MAX)
      .map(({ clusterId, groupId, topics, timeBehindMs, records, recordsAtMost, isUnseen, hasMembers }) => ({
        clusterId,
        groupId,
        topic: topics[0]?.topic ?? "",
        timeBehindMs,
        losesRecords: isUnseen || (records === 0 && recordsAtMost > 0) ? null : records,
        hasMembers: hasMembers ?? false,
      })),
  };
}

/** null: unlimited, or not known. */
function longest(limits: readonly (number | null)[]): number | null {
  const most = limits.reduce<number>((a, b) => Math.max(a, b ?? Number.POSITIVE_INFINITY), 0);
  return limits.length === 0 || !Number.isFinite(most) ? null : most;
}

/** The default and the bound of each tier that is concerned. */
function marksOf(outlooks: readonly TopicOutlook[]): z.infer<typeof Mark>[] {
  const tiers = new Map(outlooks.flatMap(({ changed }) => changed.scoped.tenants.map(({ tier }) => [tier.id, tier] as const)));
  return [...tiers.values()].flatMap(({ name, retentionMs }) => {
    const marks = [
      { label: `${name} default`, value: retentionMs?.default },
      { label: `${name} bound`, value: retentionMs?.max },
    ];
    return marks.flatMap(({ label, value }) => (value === undefined ? [] : [{ label, value }]));
  });
}
