import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";

/** A record that some group reads next and that is older than every end that was kept of its partition. */
export interface UnwatchedRecord {
  topic: string;
  partition: number;
  /** The first unread record of the group that is furthest behind there. */
  offset: bigint;
  /** Where the log starts: of what was before it nothing can be looked up. */
  start: bigint;
  /** The oldest end that was kept. */
  watched: { atMs: number; offset: bigint };
}

/** Groups taken in one step. */
const STEP = 500;

/**
 * The partitions in which somebody is further behind than was watched, and than was looked up before; each once and no more than `most`.
 */
export function* olderThanWatched(
  { groups, starts, endHistory, recordTimes }: Pick<ClusterSnapshot, "groups" | "starts" | "endHistory" | "recordTimes">,
  most: number,
): Steps<UnwatchedRecord[]> {
  const found = new Map<string, UnwatchedRecord>();
  let done = 0;
  for (const { committed } of groups.values()) {
    for (const { topic, partition, offset } of committed) {
      const watched = endHistory.get(topic)?.[partition]?.[0];
      const start = starts.get(topic)?.[partition] ?? null;
      if (watched === undefined || start === null || offset >= watched.offset || offset < start) continue;
      const lookedUp = recordTimes?.get(topic)?.get(partition);
      if (lookedUp !== undefined && lookedUp.of <= offset) continue;
      const key = `${topic}/${partition}`;
      const known = found.get(key);
      if (known === undefined && found.size < most) found.set(key, { topic, partition, offset, start, watched });
      else if (known !== undefined && offset < known.offset) known.offset = offset;
    }
    done += 1;
    if (done % STEP === 0) yield;
  }
  return [...found.values()];
}
