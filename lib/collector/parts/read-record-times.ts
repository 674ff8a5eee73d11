import type { Clock } from "@/lib/collector/clock";
import type { ClusterAdmin } from "@/lib/collector/ports";
import { runSlices } from "@/lib/collector/run-slices";
import type { MetadataFacts } from "@/lib/domain/facts";
import { olderThanWatched, type UnwatchedRecord } from "@/lib/domain/lag/older-than-watched";
import { inOrder, midAge, narrowed, type RecordSearch, startSearch } from "@/lib/domain/lag/record-search";
import type { ClusterSnapshot, RecordTimes } from "@/lib/domain/snapshot";

/** Partitions looked into after one sweep: two requests a broker and step at most. */
const PARTITIONS_MAX = 1_000;
/** Each step halves how many times as old as the youngest the record may be: after seven, months are told apart by some percent. */
const STEPS = 7;

export type RecordTimesReader = (seen: Seen) => Promise<RecordTimes>;

type Seen = Pick<ClusterSnapshot, "groups" | "starts" | "endHistory" | "recordTimes"> & { metadata: MetadataFacts };

/**
 * Looks up how old unread records are that were written before the console watched: by Kafka's own index of timestamps, each once. What
 * a broker does not answer is looked up again after the next sweep.
 */
export function createRecordTimesReader(admin: Pick<ClusterAdmin, "readOffsetsAtTime">, clock: Clock): RecordTimesReader {
  return async ({ metadata, ...seen }) => {
    const known: RecordTimes = seen.recordTimes ?? new Map();
    const nowMs = clock.now();
    const records = await runSlices(olderThanWatched(seen, PARTITIONS_MAX));
    if (records.length === 0) return known;
    const times: RecordTimes = new Map(known);
    for (const { topic, partition, offset, points } of await search(admin, metadata, records, nowMs)) {
      const before = known.get(topic)?.get(partition)?.points ?? [];
      times.set(topic, new Map(times.get(topic)).set(partition, { of: offset, points: inOrder([...before, ...points]) }));
    }
    return times;
  };
}

async function search(
  admin: Pick<ClusterAdmin, "readOffsetsAtTime">,
  metadata: MetadataFacts,
  records: readonly UnwatchedRecord[],
  nowMs: number,
): Promise<RecordSearch[]> {
  let searches = records.map((record) => startSearch(record, nowMs));
  for (let step = 0; step < STEPS && searches.length > 0; step += 1) {
    const questions = searches.map((one) => ({ topic: one.topic, partition: one.partition, timestampMs: Math.round(nowMs - midAge(one)) }));
    const { value } = await admin.readOffsetsAtTime(metadata, questions);
    const answers = new Map(value.map((answer) => [`${answer.topic}/${answer.partition}`, answer]));
    searches = searches.flatMap((one) => {
      const answer = answers.get(`${one.topic}/${one.partition}`);
      return answer === undefined ? [] : [narrowed(one, answer, nowMs)];
    });
  }
  return searches;
}
