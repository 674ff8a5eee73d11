import { topicConsequences } from "@/lib/domain/change/declarations/topic-consequences";
import { consequence, type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { ChangeToRevert, PlanFacts } from "@/lib/domain/change/facts";
import { isFinished } from "@/lib/domain/change/operation";
import type { Consequence, LeftOut } from "@/lib/domain/change/plan";
import { quotaConsequences } from "@/lib/domain/change/quotas/quota-consequences";
import { quotaScale } from "@/lib/domain/change/quotas/quota-scale";
import type { RequestOf } from "@/lib/domain/change/request";
import { nameOrCount } from "@/lib/domain/change/words";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { Steps } from "@/lib/domain/steps";
import { brakeEnd } from "./brake-end";
import { changedTopics } from "./changed-topics";
import { inverseOf } from "./inverse";

const WRITTEN: ReadonlySet<string> = new Set(["applied", "unverified"]);

/** The inverse of what a change wrote, as far as it still stands, and what of it cannot come back. */
export function* planRevert({ changeId }: RequestOf<"revert">, facts: PlanFacts): Steps<Draft> {
  const draft = emptyDraft();
  const { reverted } = facts;
  draft.title = `Take back change ${changeId}`;
  if (reverted === null) {
    const link = { label: "Changes", href: paths.changes() };
    draft.refusals.push({ field: "changeId", reason: `There is no change ${changeId}.`, wayOut: "Choose one of the record.", link });
    return draft;
  }
  draft.title = `Take back change ${changeId}: ${reverted.title}`;
  const link = { label: `Change ${changeId}`, href: paths.change(changeId) };
  if (!isFinished(reverted.state)) {
    const reason = `Change ${changeId} is not finished: it would go on writing.`;
    draft.refusals.push({ field: "changeId", reason, wayOut: "Cancel it first.", link });
    return draft;
  }
  const written = reverted.operations.filter(({ state, unit }) => WRITTEN.has(state) && facts.spared?.has(unit) !== true);
  if (written.length === 0) {
    draft.refusals.push({
      field: null,
      reason: `Nothing of change ${changeId} was written.`,
      wayOut: "There is nothing to take back.",
      link,
    });
    return draft;
  }
  const isBrake = reverted.kind === "brake";
  const end = isBrake ? yield* brakeEnd(written, facts) : { ...(yield* inverseOf(written, facts)), consequences: [], refusals: [] };
  const { operations, leftOut, refusals } = end;
  const quotas = yield* quotaConsequences(operations, facts);
  const topics = yield* topicConsequences(changedTopics(operations, facts), facts);
  return {
    ...draft,
    operations,
    leftOut,
    refusals,
    consequences: [...end.consequences, ...quotas, ...topics.consequences, ...lostForGood(written), ...leftNote(leftOut)],
    picture: yield* quotaScale(operations, facts),
    typeName: `change ${changeId}`,
    asksName: topics.asksName,
  };
}

/** Partitions stay, and so do keys that moved to them; deleted records do not come back. */
function lostForGood(written: ChangeToRevert["operations"]): Consequence[] {
  const grown = written.flatMap(({ target }) => (target.kind === "partitions" ? [target.topic] : []));
  const emptied = written.flatMap(({ target, deletesBytes }) =>
    target.kind === "topic-config" && deletesBytes !== undefined ? [target.topic] : [],
  );
  const partitions = `The partitions that were added to ${nameOrCount([...new Set(grown)], "topic")} stay: Kafka cannot take any away.`;
  const records = `Records of ${nameOrCount([...new Set(emptied)], "topic")} that were deleted meanwhile do not come back.`;
  return [
    ...(grown.length === 0 ? [] : [consequence({ class: "permanent", sentence: partitions })]),
    ...(emptied.length === 0 ? [] : [consequence({ class: "note", sentence: records })]),
  ];
}

function leftNote(leftOut: readonly LeftOut[]): Consequence[] {
  if (leftOut.length === 0) return [];
  const sentence = `${formatCountOf(leftOut.length, "value stays", "values stay")} as ${leftOut.length === 1 ? "it is" : "they are"} now: somebody has changed them since, or they cannot be taken back.`;
  return [consequence({ class: "note", sentence })];
}
