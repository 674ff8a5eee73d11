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
import { mapInSlices, type Steps } from "@/lib/domain/steps";
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

const SLICE = 50;

/** How long, and how much of, records are kept. */
export function* planRetention(request: RequestOf<"retention">, facts: PlanFacts): Steps<Draft> {
  const wanted: WantedKeys = {};
  if (request.retentionMs !== undefined) wanted["retention.ms"] = request.retentionMs;
  if (request.retentionBytes !== undefined) wanted["retention.bytes"] = request.retentionBytes;
  const keys = yield* planTopicKeys({ scope: request.scope, wanted, ending: request }, facts);
  const outlooks = yield* mapInSlices(keys.topics, SLICE, (changed) => outlookOf(changed, facts.at));
  const groups = yield* groupOutlooks(outlooks);
  noteDeleted(outlooks, facts.at);
  yield;
  const instead = yield* longerInstead(request, outlooks, groups, facts.at);
  const consequences = yield* retentionConsequences(outlooks, groups, instead, facts);
  const picture = rulerOf(outlooks, groups, facts.at);
  yield;
  const asksName = deletesMuch(outlooks);
  yield;
  return {
    ...emptyDraft(),
    title: titleOf(keys.topics, wanted),
    operations: keys.operations,
    consequences: [...consequences, ...keys.consequences],
    refusals: [...keys.refusals, ...tieredRefusals(outlooks)],
    leftOut: keys.leftOut,
    picture,
    typeName: nameToType(keys.topics, request.scope),
    asksName,
  };
}

/** What follows from other limits of topics, whoever asked for them. `instead` is what would lose nothing. */
export function* retentionConsequences(
  outlooks: readonly TopicOutlook[],
  groups: readonly GroupOutlook[],
  instead: Consequence["instead"],
  facts: PlanFacts,
): Steps<Consequence[]> {
  const written = outlooks.filter(({ changed }) => [...changed.keys.values()].some(({ operation }) => operation !== null));
  if (written.length === 0) return [];
  const topics = written.map(({ changed }) => changed);
  const deleting = written.filter(({ deletes }) => deletes);
  const readers = deleting.length === outlooks.length ? groups : yield* groupOutlooks(deleting);
  const reading = deleting.map(({ changed }) => changed.scoped);
  const parts = [
    () => lossConsequences(readers, facts, instead),
    () => deletedConsequences(deleting),
    () => staysConsequences(written),
    () => diskConsequences(written),
    () => (reading.length === 0 ? [] : unseenReaders(reading, facts.at)),
    () => [unseenGroups(readers), safeConsequence(readers, shortestMs(deleting))].filter((one) => one !== null),
  ];
  const notes = [() => requirementNotes(written), () => inheritedNotes(topics), () => sharedNotes(topics, facts.at)];
  return [
    ...(yield* mapInSlices(parts, 1, (part) => part())).flat(),
    ...(yield* topicNotes(written)),
    ...(yield* mapInSlices(notes, 1, (part) => part())).flat(),
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
