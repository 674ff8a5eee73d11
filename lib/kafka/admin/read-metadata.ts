import type { MetadataFacts, Reading } from "@/lib/domain/facts";
import { problemOf } from "@/lib/kafka/problems/failure";
import { ProblemTally } from "@/lib/kafka/problems/tally";
import type { BrokerSet } from "./link/broker-set";
import { decodeMetadata, METADATA } from "./protocol/metadata";

/** Finalized in every KRaft cluster, and in no ZooKeeper one (KIP-778). */
const KRAFT_FEATURE = "metadata.version";

/**
 * Brokers and all topics that the sign-in may describe, from one broker. Topics that it may not describe are left out by
 * the broker without a word. Partitions without a leader stay in. null: no broker answered.
 */
export async function readMetadata(brokers: BrokerSet): Promise<Reading<MetadataFacts | null>> {
  try {
    const { answer, brokerId, link } = await brokers.any(METADATA, [null, false, false]);
    const { features } = await link.offer();
    const { facts, failedTopics } = await decodeMetadata(answer);
    // In KRaft mode a broker names any broker alive as the controller, another one each time.
    if (features.some(({ name }) => name === KRAFT_FEATURE)) facts.controllerId = null;
    brokers.adopt(facts.brokers);
    const tally = new ProblemTally("Metadata", "topic");
    for (const { name, errorCode } of failedTopics) tally.add(errorCode, name, brokerId);
    return { value: facts, problems: tally.problems() };
  } catch (error) {
    return { value: null, problems: [problemOf("Metadata", error)] };
  }
}
