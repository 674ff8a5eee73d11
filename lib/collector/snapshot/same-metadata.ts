import type { MetadataFacts, TopicFact } from "@/lib/domain/facts";
import { same } from "@/lib/domain/same";
import type { Steps } from "@/lib/domain/steps";

/** How many topics are compared in one step. */
const STEP = 50;

/**
 * The very metadata from before where nothing of it has changed, else what of it has not: much follows from it, for every tenant, that is
 * then not worked out anew.
 */
export function* sameMetadata(before: MetadataFacts | null, now: MetadataFacts): Steps<MetadataFacts> {
  if (before === null) return now;
  const topics = new Map<string, TopicFact>();
  let stands = before.topics.size === now.topics.size;
  for (const [name, topic] of now.topics) {
    const held = same(before.topics.get(name), topic);
    topics.set(name, held);
    stands &&= held !== topic;
    if (topics.size % STEP === 0) yield;
  }
  const { topics: _, ...around } = before;
  const { topics: __, ...aroundNow } = now;
  return stands && same(around, aroundNow) === around ? before : { ...now, topics };
}
