import type { RecordFact } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { type Observed, unavailable } from "@/lib/domain/observed";
import type { Context } from "@/lib/operations/context";

/** A sample is small: it shows what is usual, and never proves that nothing larger comes. */
const TOPICS_MAX = 12;
const PARTITIONS_MAX = 4;
const RECORDS_MAX = 200;
const BYTES_MAX = 1_048_576;
const TAIL_RECORDS = 200n;

/**
 * The largest record among the newest of some partitions of each topic, by `clusterId topic`. Key, value and headers are counted as they
 * are before compression. Joins no group. For more topics than a person looks at nothing is sampled.
 */
export async function sampleLargestRecords(
  context: Context,
  fleet: FleetSnapshot,
  samples: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Map<string, Observed<number>>> {
  const wanted = [...samples].flatMap(([clusterId, topics]) => [...topics].map((topic) => ({ clusterId, topic })));
  if (wanted.length > TOPICS_MAX) return new Map();
  const found = await Promise.all(
    wanted.map(
      async ({ clusterId, topic }): Promise<[string, Observed<number>]> => [
        `${clusterId} ${topic}`,
        await largestOf(context, fleet, clusterId, topic),
      ],
    ),
  );
  return new Map(found);
}

async function largestOf(context: Context, fleet: FleetSnapshot, clusterId: string, topic: string): Promise<Observed<number>> {
  const at = context.now().toISOString();
  const snapshot = fleet.clusters.get(clusterId);
  const ends = snapshot?.ends.get(topic) ?? [];
  const starts = snapshot?.starts.get(topic) ?? [];
  const filled = ends
    .map((end, partition) => ({ partition, end, start: starts[partition] ?? 0n }))
    .flatMap(({ partition, end, start }) => (end !== null && end > start ? [{ partition, end, start }] : []));
  const some = spreadOver(filled, PARTITIONS_MAX);
  const samples = await Promise.all(
    some.map(({ partition, end, start }) => {
      const offset = end - TAIL_RECORDS > start ? end - TAIL_RECORDS : start;
      return context.sampleRecords(clusterId, { topic, partition, offset, maxBytes: BYTES_MAX, maxRecords: RECORDS_MAX });
    }),
  );
  const records = samples.flatMap(({ value }) => value?.records ?? []);
  if (records.length > 0) {
    const value = records.reduce((largest, record) => Math.max(largest, sizeOf(record)), 0);
    return { source: "estimated", value, at, note: `The largest of ${records.length} records of ${some.length} partitions, uncompressed.` };
  }
  const [problem] = samples.flatMap(({ problems }) => problems);
  if (problem !== undefined) return unavailable(problem.message, problem.remedy ?? "Let the console's principal READ the topic.", at);
  return unavailable("No record was found to look at.", "Look again once something was produced.", at);
}

function spreadOver<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]).filter(
    (item) => item !== undefined,
  );
}

function sizeOf({ key, value, headers }: RecordFact): number {
  const headerBytes = headers.reduce((sum, header) => sum + Buffer.byteLength(header.name) + (header.value?.byteLength ?? 0), 0);
  return (key?.byteLength ?? 0) + (value?.byteLength ?? 0) + headerBytes;
}
