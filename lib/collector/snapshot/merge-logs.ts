import { usedShares } from "@/lib/domain/disk";
import type { LogFacts, MetadataFacts, Reading } from "@/lib/domain/facts";
import type { ClusterSnapshot, PartitionSizes } from "@/lib/domain/snapshot";
import { withDiskPoints } from "./disk-history";
import { nothing, type PartResult } from "./with-part";

type Sizes = Map<number, number>[];

/** How many replicas, or logs of partitions, are taken in one step. */
const STEP = 2_000;

/** Takes the sizes of logs; those on a broker that did not answer stay as they were last seen. */
export function* mergeLogs(
  snapshot: ClusterSnapshot,
  reading: Reading<LogFacts | null>,
  nowMs: number,
): Generator<undefined, PartResult, undefined> {
  const { value: logs, problems } = reading;
  if (logs === null) return nothing(problems);
  const answered = new Set(logs.dirs.map(({ brokerId }) => brokerId));
  const sizes: PartitionSizes = new Map();
  let taken = 0;
  for (const replica of logs.replicas) {
    sizesOf(sizes, replica.topic, replica.partition).set(replica.brokerId, replica.sizeBytes);
    if (++taken % STEP === 0) yield;
  }
  for (const [topic, partitions] of snapshot.sizes) {
    for (const [partition, byBroker] of partitions.entries()) {
      for (const [brokerId, bytes] of byBroker ?? []) {
        if (!answered.has(brokerId) && isReplica(snapshot.metadata, topic, partition, brokerId)) {
          sizesOf(sizes, topic, partition).set(brokerId, bytes);
        }
      }
      if (++taken % STEP === 0) yield;
    }
  }
  let compared = 0;
  for (const [topic, partitions] of sizes) {
    sizes.set(topic, sameSizes(snapshot.sizes.get(topic), partitions));
    compared += partitions.length;
    if (compared < STEP) continue;
    compared = 0;
    yield;
  }
  const dirs = [...logs.dirs, ...snapshot.dirs.filter(({ brokerId }) => !answered.has(brokerId))];
  const diskHistory = withDiskPoints(snapshot.diskHistory, usedShares(dirs), nowMs);
  return { fields: { sizes, dirs, diskHistory }, broughtSomething: true, problems };
}

/** The earlier ones where none has changed: most logs of a large cluster rest. */
function sameSizes(before: Sizes | undefined, now: Sizes): Sizes {
  const stand = before?.length === now.length && before.every((byBroker, partition) => isSame(byBroker, now[partition]));
  return stand ? before : now;
}

function isSame(before: ReadonlyMap<number, number>, now: ReadonlyMap<number, number> | undefined): boolean {
  if (before.size !== now?.size) return false;
  for (const [brokerId, bytes] of before) if (now.get(brokerId) !== bytes) return false;
  return true;
}

function isReplica(metadata: MetadataFacts | null, topic: string, partition: number, brokerId: number): boolean {
  return metadata?.topics.get(topic)?.partitions[partition]?.replicas.includes(brokerId) ?? false;
}

function sizesOf(sizes: PartitionSizes, topic: string, partition: number): Map<number, number> {
  let partitions = sizes.get(topic);
  if (partitions === undefined) {
    partitions = [];
    sizes.set(topic, partitions);
  }
  while (partitions.length <= partition) partitions.push(new Map());
  const byBroker = partitions[partition] ?? new Map<number, number>();
  partitions[partition] = byBroker;
  return byBroker;
}
