import type { MetadataFacts, PartitionOffsets, Problem, Reading } from "@/lib/domain/facts";
import { isStaleLeader, ProblemTally } from "@/lib/kafka/problems/tally";
import type { BrokerSet } from "./link/broker-set";
import { decodeListOffsets, LIST_OFFSETS, type OffsetQuestion, type TakeOffset } from "./protocol/list-offsets";

/** Partitions in one ListOffsets, so that neither a broker thread nor our event loop is held long. */
export const PARTITIONS_PER_REQUEST = 5_000;

/** Kafka's words for the two ends of a log. */
export const LATEST = -1n;
export const EARLIEST = -2n;

const LEADER_NOT_AVAILABLE = 5;

/** Some partitions of a topic. */
export interface Places {
  topic: string;
  partitions: number[];
}

export interface OffsetsReading extends Reading<PartitionOffsets> {
  /** Partitions whose broker no longer leads them or did not answer: fresh metadata may tell the new leader. */
  stale: Places[];
}

/** One end of every partition's log, asked of its leader. Not known: null, without harm to the others. */
export async function readOffsets(brokers: BrokerSet, metadata: MetadataFacts, end: bigint): Promise<OffsetsReading> {
  const offsets: PartitionOffsets = new Map();
  const questions: OffsetQuestion[] = [];
  for (const [topic, { partitions }] of metadata.topics) {
    offsets.set(topic, new Array<bigint | null>(partitions.length).fill(null));
    questions.push({ topic, partitions: partitions.map(({ partition }) => partition), times: end });
  }
  return { value: offsets, ...(await fillOffsets(brokers, metadata, questions, offsets)) };
}

/** Asks for these partitions only and writes what is answered into `offsets`. */
export async function fillOffsets(
  brokers: BrokerSet,
  metadata: MetadataFacts,
  questions: readonly OffsetQuestion[],
  offsets: PartitionOffsets,
): Promise<{ problems: Problem[]; stale: Places[] }> {
  return askLeaders(brokers, metadata, questions, PARTITIONS_PER_REQUEST, (topic, partition, _errorCode, offset) => {
    const known = offsets.get(topic);
    if (known) known[partition] = offset;
  });
}

/**
 * Asks each partition's leader, in requests of at most `size` partitions. `take` gets the answers without error. A topic may
 * be in the questions once, since a request may name a partition once.
 */
export async function askLeaders(
  brokers: BrokerSet,
  metadata: MetadataFacts,
  questions: readonly OffsetQuestion[],
  size: number,
  take: TakeOffset,
): Promise<{ problems: Problem[]; stale: Places[] }> {
  const tally = new ProblemTally("ListOffsets", "partition");
  const stale: Places[] = [];
  const byLeader = batchesByLeader(metadata, questions, size, tally);
  const parts = await brokers.each(byLeader.keys(), "ListOffsets", async (link, brokerId) => {
    const requests = (byLeader.get(brokerId) ?? []).map(async (batch) => {
      const answer = await link.call(LIST_OFFSETS, [batch.questions]);
      await decodeListOffsets(answer, (topic, partition, errorCode, offset, timestamp) => {
        if (errorCode === 0) return take(topic, partition, errorCode, offset, timestamp);
        tally.add(errorCode, topic, brokerId);
        if (isStaleLeader(errorCode)) stale.push({ topic, partitions: [partition] });
      });
    });
    await Promise.all(requests);
  });
  const problems = parts.flatMap((part) => {
    if (!("problem" in part)) return [];
    for (const batch of byLeader.get(part.brokerId) ?? []) stale.push(...batch.questions);
    return [part.problem];
  });
  return { problems: [...problems, ...tally.problems()], stale };
}

interface Batch {
  questions: OffsetQuestion[];
  partitions: number;
}

function batchesByLeader(
  metadata: MetadataFacts,
  questions: readonly OffsetQuestion[],
  size: number,
  tally: ProblemTally,
): Map<number, Batch[]> {
  const byLeader = new Map<number, Batch[]>();
  for (const { topic, partitions, times } of questions) {
    const known = metadata.topics.get(topic)?.partitions;
    const same = typeof times === "bigint";
    for (let index = 0; index < partitions.length; index += 1) {
      const partition = partitions[index] ?? 0;
      const leader = known?.[partition]?.leader ?? null;
      if (leader === null) tally.add(LEADER_NOT_AVAILABLE, topic);
      else addQuestion(openBatch(byLeader, leader, size), topic, partition, same ? times : (times[index] ?? LATEST), same);
    }
  }
  return byLeader;
}

/** The leader's last batch, or a new one where that is full. */
function openBatch(byLeader: Map<number, Batch[]>, leader: number, size: number): Batch {
  const batches = byLeader.get(leader) ?? [];
  if (batches.length === 0) byLeader.set(leader, batches);
  const last = batches.at(-1);
  if (last && last.partitions < size) return last;
  const fresh: Batch = { questions: [], partitions: 0 };
  batches.push(fresh);
  return fresh;
}

/** A batch's question has one time for all of its partitions, or one for each, like the question it comes from. */
function addQuestion(batch: Batch, topic: string, partition: number, time: bigint, same: boolean): void {
  batch.partitions += 1;
  const last = batch.questions.at(-1);
  if (last?.topic !== topic) {
    batch.questions.push({ topic, partitions: [partition], times: same ? time : [time] });
    return;
  }
  last.partitions.push(partition);
  if (typeof last.times !== "bigint") last.times.push(time);
}
