import type { MetadataFacts, Reading } from "@/lib/domain/facts";
import type { BrokerSet } from "./link/broker-set";
import type { OffsetQuestion } from "./protocol/list-offsets";
import { askLeaders } from "./read-offsets";

export interface TimeQuestion {
  topic: string;
  partition: number;
  timestampMs: number;
}

/** The first record at or after the time asked for; null offset: there is none. Partitions that could not be asked are absent. */
export interface OffsetAtTime extends TimeQuestion {
  offset: bigint | null;
  recordTimestampMs: number | null;
}

/** Lookups by time touch index files on the broker, so requests are small. */
const TIMES_PER_REQUEST = 500;

/** Offsets by time. Several times of one partition are asked one after the other: a request may name a partition once. */
export async function readOffsetsAtTime(
  brokers: BrokerSet,
  metadata: MetadataFacts,
  asked: readonly TimeQuestion[],
): Promise<Reading<OffsetAtTime[]>> {
  const reading: Reading<OffsetAtTime[]> = { value: [], problems: [] };
  for (const round of roundsOf(asked)) {
    const { problems } = await askLeaders(
      brokers,
      metadata,
      questionsOf(round),
      TIMES_PER_REQUEST,
      (topic, partition, _errorCode, offset, timestamp) => {
        const timestampMs = round.get(topic)?.get(partition);
        if (timestampMs !== undefined) reading.value.push(answerTo({ topic, partition, timestampMs }, offset, timestamp));
      },
    );
    reading.problems.push(...problems);
  }
  return reading;
}

function answerTo(question: TimeQuestion, offset: bigint, timestamp: bigint): OffsetAtTime {
  if (offset < 0n) return { ...question, offset: null, recordTimestampMs: null };
  return { ...question, offset, recordTimestampMs: timestamp < 0n ? null : Number(timestamp) };
}

/** By topic and partition the time asked for. */
type Round = Map<string, Map<number, number>>;

/** The questions in rounds, each of which names a partition once. */
function roundsOf(asked: readonly TimeQuestion[]): Round[] {
  const rounds: Round[] = [];
  for (const { topic, partition, timestampMs } of asked) {
    let round = rounds.find((one) => !one.get(topic)?.has(partition));
    if (!round) {
      round = new Map();
      rounds.push(round);
    }
    const topics = round.get(topic) ?? new Map<number, number>();
    round.set(topic, topics.set(partition, timestampMs));
  }
  return rounds;
}

function questionsOf(round: Round): OffsetQuestion[] {
  return Array.from(round, ([topic, times]) => ({
    topic,
    partitions: [...times.keys()],
    times: Array.from(times.values(), (timestampMs) => BigInt(Math.trunc(timestampMs))),
  }));
}
