import type { GroupFact } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { PartitionPosition } from "./partition";

export type Offsets = Pick<ClusterSnapshot, "ends" | "starts" | "endHistory" | "recordTimes" | "progress" | "metadata">;

/** Where a group stands in every partition of every topic that it has committed to, also those without a commit. By topic, then partition. */
export function groupPositions(group: GroupFact, offsets: Offsets): PartitionPosition[] {
  const committed = new Map<string, Map<number, bigint>>();
  for (const { topic, partition, offset } of group.committed) {
    const ofTopic = committed.get(topic);
    if (ofTopic === undefined) committed.set(topic, new Map([[partition, offset]]));
    else ofTopic.set(partition, offset);
  }
  const progress = offsets.progress.get(group.id);
  const positions: PartitionPosition[] = [];
  for (const topic of committed.size < 2 ? committed.keys() : [...committed.keys()].toSorted()) {
    const ofTopic = committed.get(topic);
    const ends = offsets.ends.get(topic);
    const starts = offsets.starts.get(topic);
    const points = offsets.endHistory.get(topic);
    const recordTimes = offsets.recordTimes?.get(topic);
    const partitions = partitionCount(offsets, topic, ofTopic);
    for (let partition = 0; partition < partitions; partition += 1) {
      positions.push({
        topic,
        partition,
        committed: ofTopic?.get(partition) ?? null,
        start: starts?.[partition] ?? null,
        end: ends?.[partition] ?? null,
        points: points?.[partition] ?? [],
        recordPoints: recordTimes?.get(partition)?.points ?? [],
        movedAtMs: progress?.get(`${topic}/${partition}`)?.movedAtMs ?? null,
      });
    }
  }
  return positions;
}

function partitionCount({ metadata, ends }: Offsets, topic: string, committed: ReadonlyMap<number, bigint> | undefined): number {
  let count = Math.max(metadata?.topics.get(topic)?.partitions.length ?? 0, ends.get(topic)?.length ?? 0);
  for (const partition of committed?.keys() ?? []) count = Math.max(count, partition + 1);
  return count;
}
