import type { Clock } from "@/lib/collector/clock";
import type { Probe } from "@/lib/collector/ports";
import type { Problem, RecordFact } from "@/lib/domain/facts";
import type { UsageCoverage } from "@/lib/domain/pool/usage-book";
import type { RecordSample } from "@/lib/kafka";

/** What may still be read in this round; it is used up as reading goes on. */
export interface UsageBudget {
  bytes: number;
  records: number;
  fetches: number;
  endMs: number;
}

export interface TopicRead {
  coverage: UsageCoverage;
  problem: Problem | null;
  /** The budget ended before the end of the topic. */
  isBehind: boolean;
  /** Where reading stood is no longer there, or too far from the end: it begins anew, and what was met before must be forgotten. */
  isLost: boolean;
}

/** Offsets as the snapshot has them, by partition. */
export interface TopicOffsets {
  starts: readonly (bigint | null)[] | undefined;
  ends: readonly (bigint | null)[] | undefined;
  /** When the ends were read: a partition that stands at its end there was read until then. */
  endsAtMs: number;
}

/** Follows one topic by offsets, without a group: from near the end of each partition at first, from where it stood later. */
export interface TopicFollower {
  read: (
    probe: Pick<Probe, "sample">,
    offsets: TopicOffsets,
    budget: UsageBudget,
    take: (records: RecordFact[]) => Promise<void>,
  ) => Promise<TopicRead>;
}

interface Position {
  next: bigint;
  end: bigint;
  /** Every record since then was read; null: none was met yet. */
  sinceMs: number | null;
  /** The time of the last record. */
  lastMs: number;
}

/** Read at first of all partitions together. */
const TAIL_RECORDS = 20_000;
const NEVER = Number.NEGATIVE_INFINITY;
const FETCH_BYTES = 256 * 1024;
const FETCH_RECORDS = 2_000;
/** Kafka's name of the error that says the place is gone: the topic was made anew, or retention went past it. */
const PLACE_GONE = "OFFSET_OUT_OF_RANGE";

/** `sinceMs`: since when a partition that begins at offset 0 has held everything: always, but for a topic that was made anew. */
export function createTopicFollower(topic: string, clock: Clock, sinceMs = NEVER): TopicFollower {
  const positions = new Map<number, Position>();

  /** A partition that is new to the follower but not to the topic begins near its end. */
  function place(starts: TopicOffsets["starts"], ends: readonly (bigint | null)[]): void {
    const tail = tailOf(ends.length);
    for (const [partition, end] of ends.entries()) {
      if (end === null || positions.has(partition)) continue;
      const start = starts?.[partition] ?? 0n;
      const next = end - start > tail ? end - tail : start;
      const knownMs = next === 0n ? sinceMs : next === end ? clock.now() : null;
      positions.set(partition, { next, end, sinceMs: knownMs, lastMs: NEVER });
    }
  }

  return {
    async read(probe, offsets, budget, take) {
      const { starts, ends, endsAtMs } = offsets;
      if (ends === undefined || ends.length === 0) return nothing(missing(topic), false);
      place(starts, ends);
      /** Until when each partition is known. */
      const until = new Map(
        [...positions].map(([partition, { next, lastMs }]) => [partition, ends[partition] === next ? endsAtMs : lastMs]),
      );
      // An end that the snapshot does not have as it was read is one that moved, on either side.
      let open = [...positions].filter(([partition, { next }]) => ends[partition] !== next);
      const behind = new Set(open.map(([partition]) => partition));
      let problem: Problem | null = ends.includes(null) ? unknownEnd(topic) : null;
      while (open.length > 0) {
        const further: typeof open = [];
        for (const [partition, position] of open) {
          if (isSpent(budget, clock)) break;
          const step = await readOn(probe, partition, position, budget, take);
          if (step.isOver) return nothing(step.problem ?? unknownEnd(topic), step.isLost);
          problem = step.problem ?? problem;
          if (step.problem !== null) continue;
          until.set(partition, step.isAtEnd ? clock.now() : position.lastMs);
          if (step.isAtEnd) behind.delete(partition);
          else further.push([partition, position]);
        }
        open = isSpent(budget, clock) ? [] : further;
      }
      const isBehind = behind.size > 0 && problem === null;
      return {
        coverage: { sinceMs: sinceOf(positions, clock.now()), untilMs: ends.includes(null) ? NEVER : Math.min(...until.values()) },
        problem,
        isBehind,
        isLost: isBehind && [...positions.values()].some(({ next, end }) => end - next > tailOf(ends.length)),
      };
    },
  };

  /** One piece of a partition. `isOver`: reading the others would not go better. */
  async function readOn(
    probe: Pick<Probe, "sample">,
    partition: number,
    position: Position,
    budget: UsageBudget,
    take: (records: RecordFact[]) => Promise<void>,
  ): Promise<{ problem: Problem | null; isAtEnd: boolean; isOver: boolean; isLost: boolean }> {
    const { value, problems } = await probe.sample({ topic, partition, offset: position.next, ...bounds(budget) });
    budget.fetches -= 1;
    if (value === null) {
      const problem = problems[0] ?? unknownEnd(topic);
      const isLost = problem.message.includes(PLACE_GONE);
      // What is refused is so in each partition.
      return { problem, isAtEnd: false, isOver: isLost || problem.code === "forbidden", isLost };
    }
    const hasMoved = value.nextOffset > position.next;
    advance(position, value, clock.now());
    spend(budget, value.records);
    await take(value.records);
    const isAtEnd = value.nextOffset >= value.endOffset;
    return { problem: isAtEnd || hasMoved ? null : hidden(topic), isAtEnd, isOver: false, isLost: false };
  }
}

/** What is read of each partition at first. */
function tailOf(partitions: number): bigint {
  return BigInt(Math.ceil(TAIL_RECORDS / partitions));
}

function advance(position: Position, { records, nextOffset, endOffset }: RecordSample, nowMs: number): void {
  position.next = nextOffset;
  position.end = endOffset;
  const [first] = records;
  const last = records.at(-1);
  // Producers give times as they like; none is later than now.
  if (first !== undefined) position.sinceMs ??= Math.min(first.timestampMs, nowMs);
  if (last !== undefined) position.lastMs = Math.min(last.timestampMs, nowMs);
}

/** Since when every partition was read. */
function sinceOf(positions: ReadonlyMap<number, Position>, nowMs: number): number {
  return Math.max(...[...positions.values()].map(({ sinceMs }) => sinceMs ?? nowMs));
}

function bounds({ bytes, records }: UsageBudget) {
  return { maxBytes: Math.min(FETCH_BYTES, bytes), maxRecords: Math.min(FETCH_RECORDS, records) };
}

function spend(budget: UsageBudget, records: readonly RecordFact[]): void {
  budget.records -= records.length;
  for (const { key, value, headers } of records) {
    budget.bytes -= (key?.length ?? 0) + (value?.length ?? 0);
    for (const header of headers) budget.bytes -= header.name.length + (header.value?.length ?? 0);
  }
}

function isSpent({ bytes, records, fetches, endMs }: UsageBudget, clock: Clock): boolean {
  return bytes <= 0 || records <= 0 || fetches <= 0 || clock.now() >= endMs;
}

function nothing(problem: Problem, isLost: boolean): TopicRead {
  return { coverage: { sinceMs: -NEVER, untilMs: NEVER }, problem, isBehind: false, isLost };
}

/** Only what is committed is read, so a transaction that stays open stops the reading before it. */
function hidden(topic: string): Problem {
  const message = `A transaction that has not ended hides the newest records of ${topic}.`;
  return { code: "unavailable", operation: "Fetch", message, remedy: "End it, or write without transactions." };
}

function missing(topic: string): Problem {
  return {
    code: "unavailable",
    operation: "Metadata",
    message: `${topic} is not among the cluster's topics that the console sees.`,
    remedy: `Create it, or allow DESCRIBE and READ on topic '${topic}' to the console's user (with IAM: kafka-cluster:DescribeTopic and kafka-cluster:ReadData).`,
  };
}

function unknownEnd(topic: string): Problem {
  return { code: "unavailable", operation: "ListOffsets", message: `The end of a partition of ${topic} is not known.` };
}
