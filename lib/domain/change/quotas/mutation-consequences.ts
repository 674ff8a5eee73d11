import { consequence } from "@/lib/domain/change/draft";
import type { ClusterFacts } from "@/lib/domain/change/facts";
import { entityName } from "@/lib/domain/change/operation";
import type { Consequence } from "@/lib/domain/change/plan";
import { named } from "@/lib/domain/change/words";
import { quotaWords } from "@/lib/domain/quota/quota-words";
import type { QuotaOperation } from "./rule-operation";

/**
 * A tighter quota of topic changes: the controller counts creations and deletions of partitions, and publishes nobody's rate. Source of
 * what happens above it: KIP-599.
 */
export function mutationConsequences(operations: readonly QuotaOperation[], { clusterId, name }: ClusterFacts): Consequence[] {
  return operations.flatMap(({ target, after, phase }) => {
    if (target.key !== "controller_mutation_rate" || after === null || phase !== "tighten") return [];
    const who = named(entityName(target.entity));
    const limit = quotaWords(target.key, Number(after));
    const sentence = `How many topics and partitions ${who} creates and deletes on ${named(name)} is not published, so it cannot be said whether ${limit} would hold it back.`;
    const detail =
      "Above it Kafka answers THROTTLING_QUOTA_EXCEEDED, and clients try again later; older clients are held back without being told.";
    return [consequence({ class: "unseen", sentence, detail, clusterId })];
  });
}
