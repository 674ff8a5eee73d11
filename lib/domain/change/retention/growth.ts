import { sumTopicRate } from "@/lib/domain/assemble/topic-rates";
import { endAt } from "@/lib/domain/lag/end-at";
import { type MeteredBrokers, meteredBrokers } from "@/lib/domain/quota/meters";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Limits } from "./limits";
import type { PartitionOutlook, TopicOutlook } from "./outlook";

/** How fast a topic's partitions grow, one copy. */
export interface Growth {
  /** By partition; null: not known. */
  bytesPerSecond: (number | null)[];
  /** Where the rate is from, in words. */
  from: string;
}

const DAY_MS = 86_400_000;
/** A shorter time says nothing of a day. */
const LEAST_MS = 3_600_000;

const growths = new WeakMap<TopicOutlook, Growth>();

/** Bytes a second of each partition: from its end a day ago and its mean record, else the topic's rate of now spread evenly. */
export function growthOf(outlook: TopicOutlook): Growth {
  const growth = growths.get(outlook) ?? foundGrowth(outlook);
  growths.set(outlook, growth);
  return growth;
}

function foundGrowth(outlook: TopicOutlook): Growth {
  const past = outlook.partitions.map((partition) => pastGrowth(partition, outlook.clock.endsAtMs));
  if (past.length > 0 && past.every((rate) => rate !== null)) return { bytesPerSecond: past, from: "in the last day" };
  const now = rateNow(outlook);
  if (now === null) return { bytesPerSecond: past, from: "in the last day" };
  return { bytesPerSecond: outlook.partitions.map(() => now / outlook.partitions.length), from: "in the last minute" };
}

function pastGrowth({ points, start, end, bytes }: PartitionOutlook, endsAtMs: number): number | null {
  const [oldest] = points;
  if (oldest === undefined || start === null || end === null || bytes === null) return null;
  const fromMs = Math.max(oldest.atMs, endsAtMs - DAY_MS);
  if (endsAtMs - fromMs < LEAST_MS) return null;
  const before = endAt(points, end, endsAtMs, fromMs).offset;
  const log = Number(end - start);
  if (before === null) return null;
  if (end === before) return 0;
  // Nothing of what came is left: how large it was is not known.
  return log <= 0 ? null : (Number(end - before) * (bytes / log) * 1000) / (endsAtMs - fromMs);
}

const metered = new WeakMap<ClusterSnapshot, MeteredBrokers>();

function rateNow({ changed: { scoped }, clock, partitions }: TopicOutlook): number | null {
  const { snapshot } = scoped.cluster;
  const fact = snapshot.metadata?.topics.get(scoped.topic);
  if (fact === undefined || partitions.length === 0) return null;
  const brokers = metered.get(snapshot) ?? meteredBrokers(snapshot, clock.nowMs);
  metered.set(snapshot, brokers);
  const { value, told, missing } = sumTopicRate(fact, "bytesInPerSecond", brokers);
  return told && !missing ? value : null;
}

/** Bytes that a partition comes to hold under limits if it goes on to grow like this. */
export function heldBytes(bytesPerSecond: number, { ms, bytes }: Limits): number {
  const byTime = bytesPerSecond === 0 ? 0 : (bytesPerSecond * (ms ?? Number.POSITIVE_INFINITY)) / 1000;
  return Math.min(byTime, bytes ?? Number.POSITIVE_INFINITY);
}
