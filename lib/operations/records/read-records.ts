import type { PartitionOffsets, Problem, Reading, RecordFact } from "@/lib/domain/facts";
import type { Context } from "@/lib/operations/context";

/** Bytes asked of a broker at once; a batch that is larger comes whole all the same. */
const BYTES_MAX = 512 * 1024;

/** A part of a log that holds records: from `start` on, before `end`. */
export interface LogPart {
  clusterId: string;
  topic: string;
  partition: number;
  start: bigint;
  end: bigint;
}

/** The ends of each partition's log now, as its leader tells. */
export async function readLogParts(
  context: Context,
  clusterId: string,
  topic: string,
): Promise<{ partitions: number; parts: LogPart[]; unknown: number[]; problems: Problem[] }> {
  const metadata = context.fleet().clusters.get(clusterId)?.metadata ?? null;
  const known = metadata?.topics.get(topic);
  if (metadata === null || known === undefined || known.partitions.length === 0)
    return { partitions: 0, parts: [], unknown: [], problems: [PARTITIONS_UNKNOWN] };
  const admin = context.kafka(clusterId);
  const asked = { ...metadata, topics: new Map([[topic, known]]) };
  const [starts, ends] = await Promise.all([admin.readLogStarts(asked), admin.readEndOffsets(asked)]);
  const parts: LogPart[] = [];
  const unknown: number[] = [];
  for (const { partition } of known.partitions) {
    const [start, end] = [offsetIn(starts.value, topic, partition), offsetIn(ends.value, topic, partition)];
    if (start === null || end === null) unknown.push(partition);
    else parts.push({ clusterId, topic, partition, start, end });
  }
  return { partitions: known.partitions.length, parts, unknown, problems: [...starts.problems, ...ends.problems] };
}

const PARTITIONS_UNKNOWN: Problem = {
  code: "unavailable",
  operation: "Metadata",
  message: "The topic's partitions are not known now.",
};

function offsetIn(offsets: PartitionOffsets, topic: string, partition: number): bigint | null {
  return offsets.get(topic)?.[partition] ?? null;
}

/** Up to `count` records from an offset on. */
export async function recordsFrom(
  { sampleRecords }: Context,
  { clusterId, topic, partition }: LogPart,
  offset: bigint,
  count: number,
): Promise<Reading<RecordFact[]>> {
  const { value, problems } = await sampleRecords(clusterId, { topic, partition, offset, maxBytes: BYTES_MAX, maxRecords: count });
  return { value: value?.records ?? [], problems };
}

/**
 * The last records of a log, up to `count`, in its order. Reading goes forward only: where the last `count` do not fit in one answer it
 * begins nearer to the end, and the last record always fits. `isLate`: nothing more is to be asked.
 */
export async function lastRecords(
  { sampleRecords }: Context,
  { clusterId, topic, partition, start, end: logEnd }: LogPart,
  count: number,
  isLate: () => boolean,
): Promise<Reading<RecordFact[]>> {
  let end = logEnd;
  let span = BigInt(count);
  let best: RecordFact[] = [];
  for (;;) {
    const offset = end - span > start ? end - span : start;
    const { value, problems } = await sampleRecords(clusterId, { topic, partition, offset, maxBytes: BYTES_MAX, maxRecords: count });
    if (value === null) return { value: best, problems };
    if (end === logEnd && value.stableOffset < logEnd && !isLate()) {
      // The rest is of transactions that are not decided yet.
      end = value.stableOffset;
      if (end <= start) return { value: [], problems };
      continue;
    }
    const isEmpty = value.records.length === 0;
    // Nearer to the end there may be markers alone, or nothing where the log was compacted.
    if (value.nextOffset >= end || span === 1n || (isEmpty && best.length > 0)) return { value: isEmpty ? best : value.records, problems };
    if (!isEmpty) best = value.records;
    if (isLate()) return { value: best, problems: [...problems, notReachedEnd(topic, partition)] };
    span /= 2n;
  }
}

function notReachedEnd(topic: string, partition: number): Problem {
  const message = `Partition ${partition} was not read to its end in time, so newer records of it are missing here.`;
  return { code: "timeout", operation: "Fetch", message, resource: topic };
}
