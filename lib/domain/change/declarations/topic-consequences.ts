import type { PlanFacts } from "@/lib/domain/change/facts";
import { messageSizeConsequences, serverlessRefusals } from "@/lib/domain/change/message-size/plan-message-size";
import { sizedTopics } from "@/lib/domain/change/message-size/sizes";
import type { Consequence, Refusal } from "@/lib/domain/change/plan";
import { deletesMuch } from "@/lib/domain/change/retention/deleted-consequences";
import { groupOutlooks } from "@/lib/domain/change/retention/losses";
import { outlookOf } from "@/lib/domain/change/retention/outlook";
import { noteDeleted, retentionConsequences } from "@/lib/domain/change/retention/plan-retention";
import { tieredRefusals } from "@/lib/domain/change/retention/tiered-refusals";
import type { ChangedTopic } from "@/lib/domain/change/topic-keys/topic-key-change";
import { mapInSlices, type Steps } from "@/lib/domain/steps";

export interface TopicConsequences {
  consequences: Consequence[];
  refusals: Refusal[];
  /** So much goes that the name is asked for. */
  asksName: boolean;
}

const SLICE = 50;

/** What follows from changed settings of topics, whoever asked for them: the same as of a form for those settings. */
export function* topicConsequences(topics: readonly ChangedTopic[], facts: PlanFacts): Steps<TopicConsequences> {
  const retained = topics.filter(({ keys }) => keys.has("retention.ms") || keys.has("retention.bytes"));
  const outlooks = yield* mapInSlices(retained, SLICE, (changed) => outlookOf(changed, facts.at));
  const sized = sizedTopics(topics, facts);
  noteDeleted(outlooks, facts.at);
  yield;
  const retention = yield* retentionConsequences(outlooks, yield* groupOutlooks(outlooks), null, facts);
  return {
    consequences: [...retention, ...(yield* messageSizeConsequences(sized, facts))],
    refusals: [...tieredRefusals(outlooks), ...serverlessRefusals(sized.map(({ changed }) => changed))],
    asksName: deletesMuch(outlooks),
  };
}
