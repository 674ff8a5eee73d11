import { type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Consequence } from "@/lib/domain/change/plan";
import type { RequestOf } from "@/lib/domain/change/request";
import { inheritedNotes } from "@/lib/domain/change/topic-keys/inherited-notes";
import { nameToType } from "@/lib/domain/change/topic-keys/name-to-type";
import { planTopicKeys, type WantedKeys } from "@/lib/domain/change/topic-keys/plan-topic-keys";
import { sharedNotes } from "@/lib/domain/change/topic-keys/shared-notes";
import { titleOf } from "@/lib/domain/change/topic-keys/title";
import { unseenReaders } from "@/lib/domain/change/unseen-readers";
import { deletedConsequences, deletesMuch, staysConsequences } from "./deleted-consequences";
import { diskConsequences } from "./disk-consequences";
import { longerInstead } from "./instead";
import { lossConsequences, safeConsequence, unseenGroups } from "./loss-consequences";
import { type GroupOutlook, groupOutlooks } from "./losses";
import { goesBytes, outlookOf, type TopicOutlook } from "./outlook";
import { requirementNotes } from "./requirement-notes";
import { rulerOf } from "./ruler";
import { tieredRefusals } from "./tiered-refusals";
import { topicNotes } from "./topic-notes";

/** How long, and how much of, records are kept. */
export function planRetention(request: RequestOf<"retention">, facts: PlanFacts): Draft {
  const wanted: WantedKeys = {};
  if (request.retentionMs !== undefined) wanted["retention.ms"] = request.retentionMs;
  if (request.retentionBytes !== undefined) wanted["retention.bytes"] = request.retentionBytes;
  const keys = planTopicKeys({ scope: request.scope, wanted, ending: request }, facts);
  const outlooks = keys.topics.map((changed) => outlookOf(changed, facts.at));
  const groups = groupOutlooks(outlooks);
  noteDeleted(outlooks, facts.at);
  return {
    ...emptyDraft(),
    title: titleOf(keys.topics, wanted),
    operations: keys.operations,
    consequences: [
      ...retentionConsequences(outlooks, groups, longerInstead(request, outlooks, groups, facts.at), facts),
      ...keys.consequences,
    ],
    refusals: [...keys.refusals, ...tieredRefusals(outlooks)],
    leftOut: keys.leftOut,
    picture: rulerOf(outlooks, groups, facts.at),
    typeName: nameToType(keys.topics, request.scope),
    asksName: deletesMuch(outlooks),
  };
}

/** What follows from other limits of topics, whoever asked for them. `instead` is what would lose nothing. */
export function retentionConsequences(
  outlooks: readonly TopicOutlook[],
  groups: readonly GroupOutlook[],
  instead: Consequence["instead"],
  facts: PlanFacts,
): Consequence[] {
  const written = outlooks.filter(({ changed }) => [...changed.keys.values()].some(({ operation }) => operation !== null));
  if (written.length === 0) return [];
  const topics = written.map(({ changed }) => changed);
  const deleting = written.filter(({ deletes }) => deletes);
  const readers = deleting.length === outlooks.length ? groups : groupOutlooks(deleting);
  return [
    ...lossConsequences(readers, facts, instead),
    ...deletedConsequences(deleting),
    ...staysConsequences(written),
    ...diskConsequences(written),
    ...(deleting.length === 0
      ? []
      : unseenReaders(
          deleting.map(({ changed }) => changed.scoped),
          facts.at,
        )),
    ...[unseenGroups(readers), safeConsequence(readers, shortestMs(deleting))].filter((one) => one !== null),
    ...topicNotes(written),
    ...requirementNotes(written),
    ...inheritedNotes(topics),
    ...sharedNotes(topics, facts.at),
  ];
}

/** The shortest of the new times; infinite where only sizes are new. */
function shortestMs(deleting: readonly TopicOutlook[]): number {
  const times = deleting.flatMap(({ changed, after }) => (changed.keys.has("retention.ms") && after.ms !== null ? [after.ms] : []));
  return Math.min(Number.POSITIVE_INFINITY, ...times);
}

/** Each operation that deletes says how much; of two on one topic the first does. */
export function noteDeleted(outlooks: readonly TopicOutlook[], at: string): void {
  for (const outlook of outlooks) {
    if (!outlook.deletes) continue;
    const tightening = [...outlook.changed.keys.values()].map(({ operation }) => operation).find((one) => one?.phase === "tighten");
    if (tightening !== undefined && tightening !== null) tightening.deletesBytes = goesBytes([outlook], at);
  }
}
