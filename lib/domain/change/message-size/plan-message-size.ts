import { type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Consequence, Refusal } from "@/lib/domain/change/plan";
import type { RequestOf } from "@/lib/domain/change/request";
import { inheritedNotes } from "@/lib/domain/change/topic-keys/inherited-notes";
import { nameToType } from "@/lib/domain/change/topic-keys/name-to-type";
import { planTopicKeys, type WantedKeys } from "@/lib/domain/change/topic-keys/plan-topic-keys";
import { sharedNotes } from "@/lib/domain/change/topic-keys/shared-notes";
import { titleOf } from "@/lib/domain/change/topic-keys/title";
import type { ChangedTopic } from "@/lib/domain/change/topic-keys/topic-key-change";
import { limitOf } from "@/lib/domain/change/topic-value";
import { formatSize } from "@/lib/domain/change/words";
import { SERVERLESS } from "@/lib/domain/cloud/msk-limits";
import { paths } from "@/lib/domain/paths";
import { mapInSlices, type Steps } from "@/lib/domain/steps";
import { largerConsequences } from "./larger";
import { sizeChainOf } from "./size-chain";
import { largestOf, type SizedTopic, sizedTopics } from "./sizes";
import { smallerConsequences } from "./smaller";

/** How large a batch of records a topic takes. */
export function* planMessageSize(request: RequestOf<"message-size">, facts: PlanFacts): Steps<Draft> {
  const wanted: WantedKeys = { "max.message.bytes": request.maxMessageBytes };
  const keys = yield* planTopicKeys({ scope: request.scope, wanted, ending: request }, facts);
  const sized = sizedTopics(keys.topics, facts);
  const changing = sized.map(({ changed }) => changed);
  const largest = keys.topics.map((changed) => largestOf(changed, facts));
  yield;
  const consequences = yield* messageSizeConsequences(sized, facts);
  return {
    ...emptyDraft(),
    title: titleOf(keys.topics, wanted),
    operations: keys.operations,
    consequences: [...consequences, ...keys.consequences],
    refusals: [...keys.refusals, ...serverlessRefusals(changing)],
    leftOut: keys.leftOut,
    picture: sizeChainOf(keys.topics, largest, facts.at),
    typeName: nameToType(keys.topics, request.scope),
  };
}

/** What follows from other limits of topics, whoever asked for them. */
export function* messageSizeConsequences(sized: readonly SizedTopic[], facts: PlanFacts): Steps<Consequence[]> {
  const changing = sized.map(({ changed }) => changed);
  const parts = [
    () => smallerConsequences(sized, facts),
    () => largerConsequences(sized, facts),
    () => inheritedNotes(changing),
    () => sharedNotes(changing, facts.at),
  ];
  return (yield* mapInSlices(parts, 1, (part) => part())).flat();
}

export function serverlessRefusals(topics: readonly ChangedTopic[]): Refusal[] {
  const clusters = new Map(topics.filter(exceedsServerless).map(({ scoped }) => [scoped.cluster.clusterId, scoped.cluster]));
  return [...clusters.values()].map(({ clusterId, name }) => ({
    field: "maxMessageBytes",
    reason: `${name} is serverless, and takes no batch above ${formatSize(SERVERLESS.messageBytes)}.`,
    wayOut: `Choose ${formatSize(SERVERLESS.messageBytes)} or less.`,
    link: { label: name, href: paths.cluster(clusterId) },
  }));
}

function exceedsServerless({ scoped, keys }: ChangedTopic): boolean {
  const after = limitOf(keys.get("max.message.bytes")?.effectiveAfter ?? null);
  return scoped.cluster.kind === "serverless" && after !== null && after > SERVERLESS.messageBytes;
}
