import type { FleetSnapshot } from "@/lib/domain/fleet";
import { matchesGlob } from "@/lib/domain/name-glob";
import { ownerOfTopic } from "@/lib/domain/owner";
import type { NamePattern, Placement } from "@/lib/domain/placement";
import { hourOf } from "@/lib/domain/pool/sampled-hour";
import type { RecordTenant } from "@/lib/domain/record-tenant";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";

/** Bounds of a sample: what is read of one topic, of one partition, and how often. */
export const SAMPLE_BOUNDS = {
  everyMs: 3_600_000,
  /** A topic that held few records when it was read is read again this soon, once it holds so many times more. */
  thinEveryMs: 60_000,
  thinGrowth: 1.5,
  topicsPerSweep: 8,
  partitionsPerTopic: 12,
  recordsPerTopic: 1_200,
  recordsPerPartition: 200,
  bytesPerPartition: 256 * 1024,
  /** For all topics of one sweep. */
  sweepMs: 30_000,
  groupsPerSweep: 20,
} as const;

export interface SampleTarget {
  topic: string;
  record: RecordTenant | null;
  tenantOf: (value: string) => string | null;
  /** The newest records of these partitions, the fullest of them first. */
  partitions: { partition: number; fromOffset: bigint; maxRecords: number }[];
  /** Records it holds, as far as the ends of its partitions tell. */
  heldRecords: bigint;
  /** Several tenants have it. */
  isShared: boolean;
}

/** What is known of the last time a topic was read. */
export interface LastSample {
  /** What the next time is counted from: a topic that did not answer is asked again sooner. */
  atMs: number;
  readAtMs: number;
  isShared: boolean;
  /** Records that the topic held then. */
  heldRecords: bigint;
  /** It held less than half of what a sample may read. */
  isThin: boolean;
}

/** How many tenants' placements are looked at to learn how a shared topic names its tenants. */
const PLACEMENTS_LOOKED_AT = 50;

/**
 * The topics to sample now: those of tenants that have records, shared ones first, then those that were read longest ago. None is read twice
 * within the hour, but for one that held few records and has grown since. Shared ones are read at the turn of each hour of UTC, so that
 * what is found is of the hour that ended.
 */
export function topicsToSample(
  fleet: FleetSnapshot,
  cluster: ClusterSnapshot,
  last: ReadonlyMap<string, LastSample>,
  nowMs: number,
): SampleTarget[] {
  const { clusterId } = cluster;
  const due: { topic: string; tenantIds: readonly string[]; atMs: number }[] = [];
  for (const topic of fleet.topics.get(clusterId)?.keys() ?? []) {
    const before = last.get(topic);
    const held = heldRecords(cluster, topic);
    if (held === 0n || (before !== undefined && !isDueAgain(before, held, nowMs))) continue;
    const { tenantIds } = ownerOfTopic(fleet.owners, clusterId, topic);
    if (tenantIds.length > 0) due.push({ topic, tenantIds, atMs: before?.atMs ?? Number.NEGATIVE_INFINITY });
  }
  due.sort((a, b) => Number(b.tenantIds.length > 1) - Number(a.tenantIds.length > 1) || a.atMs - b.atMs || (a.topic < b.topic ? -1 : 1));
  return due.slice(0, SAMPLE_BOUNDS.topicsPerSweep).map(({ topic, tenantIds }) => targetOf(fleet, cluster, topic, tenantIds));
}

/** Whether a shared topic is worth reading now: an hour has ended, or it held few records and has grown so much that another sample tells more. */
export function hasSharedToRead(
  fleet: FleetSnapshot,
  cluster: ClusterSnapshot,
  last: ReadonlyMap<string, LastSample>,
  nowMs: number,
): boolean {
  return [...last].some(
    ([topic, before]) =>
      (before.isThin || before.isShared) &&
      isDueAgain(before, heldRecords(cluster, topic), nowMs) &&
      ownerOfTopic(fleet.owners, cluster.clusterId, topic).tenantIds.length > 1,
  );
}

function isDueAgain({ atMs, readAtMs, isShared, heldRecords: before, isThin }: LastSample, held: bigint, nowMs: number): boolean {
  const { everyMs, thinEveryMs, thinGrowth } = SAMPLE_BOUNDS;
  if (isShared && hourOf(readAtMs) < hourOf(nowMs)) return true;
  const sinceMs = nowMs - atMs;
  return sinceMs >= everyMs || (isThin && sinceMs >= thinEveryMs && Number(held) >= Number(before) * thinGrowth);
}

function heldRecords({ starts, ends }: ClusterSnapshot, topic: string): bigint {
  const from = starts.get(topic) ?? [];
  let held = 0n;
  for (const [partition, end] of (ends.get(topic) ?? []).entries()) {
    const start = from[partition] ?? 0n;
    if (end !== null && end > start) held += end - start;
  }
  return held;
}

function targetOf(fleet: FleetSnapshot, cluster: ClusterSnapshot, topic: string, tenantIds: readonly string[]): SampleTarget {
  const placements = tenantIds.slice(0, PLACEMENTS_LOOKED_AT).flatMap((id) => placementsOf(fleet, id, cluster.clusterId, topic));
  return {
    topic,
    record: placements.find(({ record }) => record !== undefined)?.record ?? null,
    tenantOf: (value) => tenantNamed(fleet, cluster.clusterId, topic, tenantIds, value),
    partitions: partitionsOf(cluster, topic),
    heldRecords: heldRecords(cluster, topic),
    isShared: tenantIds.length > 1,
  };
}

/** A tenant's placements on a cluster whose names fit a topic. */
export function placementsOf(fleet: FleetSnapshot, tenantId: string, clusterId: string, topic: string): Placement[] {
  const placements = fleet.tenants.get(tenantId)?.tenant.placements ?? [];
  return placements.filter((one) => one.cluster === clusterId && one.topics.some((pattern) => fits(pattern, topic)));
}

function fits(pattern: NamePattern, topic: string): boolean {
  if ("name" in pattern) return pattern.name === topic;
  if ("prefix" in pattern) return topic.startsWith(pattern.prefix);
  // An expression was compiled when the owner was found; here it is enough that the tenant claims the topic somehow.
  return "glob" in pattern ? matchesGlob(pattern.glob, topic) : true;
}

/** A record names its tenant by the tenant's id, or by the value that its placement gives. */
function tenantNamed(fleet: FleetSnapshot, clusterId: string, topic: string, tenantIds: readonly string[], value: string): string | null {
  if (fleet.tenants.has(value)) return value;
  const found = tenantIds
    .slice(0, PLACEMENTS_LOOKED_AT)
    .find((id) => placementsOf(fleet, id, clusterId, topic).some(({ recordValue }) => recordValue === value));
  return found ?? null;
}

function partitionsOf({ starts, ends }: ClusterSnapshot, topic: string): SampleTarget["partitions"] {
  const { partitionsPerTopic, recordsPerTopic, recordsPerPartition } = SAMPLE_BOUNDS;
  const from = starts.get(topic) ?? [];
  const filled = (ends.get(topic) ?? []).flatMap((end, partition) => {
    const start = from[partition] ?? 0n;
    return end === null || end <= start ? [] : [{ partition, start, end }];
  });
  filled.sort((a, b) => (b.end - b.start > a.end - a.start ? 1 : b.end - b.start < a.end - a.start ? -1 : a.partition - b.partition));
  const chosen = filled.slice(0, partitionsPerTopic);
  const maxRecords = Math.min(recordsPerPartition, Math.floor(recordsPerTopic / Math.max(1, chosen.length)));
  return chosen.map(({ partition, start, end }) => {
    const newest = end - BigInt(maxRecords);
    return { partition, fromOffset: newest > start ? newest : start, maxRecords };
  });
}
