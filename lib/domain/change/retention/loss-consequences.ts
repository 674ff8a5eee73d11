import { consequence } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Consequence } from "@/lib/domain/change/plan";
import { listed, named } from "@/lib/domain/change/words";
import { formatBytes, formatCount, formatCountOf, formatDuration } from "@/lib/domain/format";
import { ownerOfGroup } from "@/lib/domain/owner";
import { paths } from "@/lib/domain/paths";
import type { GroupOutlook } from "./losses";

/** Groups that are told one by one; the rest is counted. */
const TOLD_MAX = 10;
/** From this factor on it is said that more may be lost. */
const NOTEWORTHY = 1.1;

/** Groups whose unread records go, one by one, those that lose most first. `instead` avoids it, and stands with the first. */
export function lossConsequences(
  groups: readonly GroupOutlook[],
  { owners }: Pick<PlanFacts, "owners">,
  instead: Consequence["instead"],
): Consequence[] {
  const losing = groups.filter(({ recordsAtMost }) => recordsAtMost > 0);
  const told = losing.slice(0, TOLD_MAX).map((group, index) =>
    consequence({
      class: "loss",
      sentence: sentenceOf(group),
      detail: detailOf(group),
      tenantId: tenantOf(group, owners),
      clusterId: group.clusterId,
      links: [{ label: "Open the group", href: paths.group(group.clusterId, group.groupId) }],
      instead: index === 0 ? instead : null,
    }),
  );
  const rest = losing.slice(TOLD_MAX);
  if (rest.length === 0) return told;
  const records = rest.reduce((sum, { recordsAtMost }) => sum + recordsAtMost, 0);
  const sentence = `${formatCountOf(rest.length, "more group loses", "more groups lose")} up to ${formatCountOf(records, "record")} they have not read: ${listed(rest.map(({ groupId }) => groupId))}.`;
  return [...told, consequence({ class: "loss", sentence })];
}

function tenantOf({ clusterId, groupId, topics }: GroupOutlook, owners: PlanFacts["owners"]): string | null {
  const names = topics.map(({ topic }) => topic);
  const { owner } = ownerOfGroup(owners, clusterId, groupId, names);
  return owner.kind === "tenant" ? owner.tenantId : null;
}

function sentenceOf({ groupId, records, recordsAtMost }: GroupOutlook): string {
  if (records === 0) return `${named(groupId)} may lose up to ${formatCountOf(recordsAtMost, "record")} it has not read.`;
  return `${named(groupId)} loses up to ${formatCountOf(records, "record")} it has not read.`;
}

function detailOf(group: GroupOutlook): string {
  const { topics, bytes, records, recordsAtMost } = group;
  const losing = topics.filter((one) => one.records > 0).map(({ topic }) => topic);
  const parts = [`It is ${behindOf(group)} on ${listed(losing, 3)}${membersOf(group)}.`];
  if (records > 0 && bytes !== null && bytes > 0) parts.push(`About ${formatBytes(bytes)} of what it has not read go.`);
  if (recordsAtMost > records * NOTEWORTHY) {
    const what = records === 0 ? "they are" : `up to ${formatCount(recordsAtMost)} are`;
    parts.push(`Whether ${what} lost depends on when they arrived, which is known from a few saved times only.`);
  }
  return parts.join(" ");
}

/** "3 d 7 h behind". */
export function behindOf({ timeBehindMs, isTimeOpen }: Pick<GroupOutlook, "timeBehindMs" | "isTimeOpen">): string {
  if (timeBehindMs === null) return "behind for a time that is not known";
  return `${isTimeOpen ? "at least " : ""}${formatDuration(timeBehindMs)} behind`;
}

function membersOf({ hasMembers }: GroupOutlook): string {
  if (hasMembers === null) return "";
  return hasMembers ? " and has members that read now" : " and has no members";
}

/** Groups that lose nothing, in one sentence with the one that is furthest behind, and until when that holds. */
export function safeConsequence(groups: readonly GroupOutlook[], afterMs: number | null): Consequence | null {
  const safe = groups.filter(({ recordsAtMost, isUnseen }) => recordsAtMost === 0 && !isUnseen);
  if (safe.length === 0) return null;
  const furthest = safe.reduce((a, b) => ((b.timeBehindMs ?? 0) > (a.timeBehindMs ?? 0) ? b : a));
  const others = safe.length < groups.length;
  const count = formatCountOf(safe.length, others ? "other group" : "group");
  const verb = safe.length === 1 ? "loses" : "lose";
  const which = safe.length === 1 ? `${named(furthest.groupId)}` : `the furthest, ${named(furthest.groupId)},`;
  const links = [{ label: "Open the group", href: paths.group(furthest.clusterId, furthest.groupId) }];
  const sentence = `${count} ${verb} nothing; ${which} is ${furthest.timeBehindMs === 0 ? "not behind" : behindOf(furthest)}.`;
  return consequence({ class: "fine", sentence, detail: untilWhen(furthest, afterMs), links });
}

function untilWhen({ timeBehindMs, isTimeOpen, hasMembers }: GroupOutlook, afterMs: number | null): string | null {
  if (timeBehindMs === null || isTimeOpen || afterMs === null || !Number.isFinite(afterMs) || timeBehindMs >= afterMs) return null;
  const left = formatDuration(afterMs - timeBehindMs);
  if (hasMembers === false && timeBehindMs > 0) return `It has no members: unless somebody reads, its first unread records go in ${left}.`;
  return `If it stood still from now on, its first unread records would go in ${left}.`;
}

/** Groups of which it is not known what they lose. */
export function unseenGroups(groups: readonly GroupOutlook[]): Consequence | null {
  const unseen = groups.filter(({ isUnseen }) => isUnseen);
  if (unseen.length === 0) return null;
  const sentence = `What ${listed(unseen.map(({ groupId }) => groupId))} ${unseen.length === 1 ? "loses" : "lose"} is not known: the ends of partitions could not be read.`;
  return consequence({ class: "unseen", sentence, detail: "They are read every 15 seconds; plan again in a moment." });
}
