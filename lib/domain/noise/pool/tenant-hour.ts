import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { shareOfTenant } from "@/lib/domain/pool/pool-rate";
import { HOUR_MS } from "@/lib/domain/pool/sampled-hour";
import type { PoolShares } from "@/lib/domain/pool/shares";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { changedPart, hourBytes, type SampledHour, totalIn } from "./hour-bytes";
import type { GatheredHour, Interval, PoolResource } from "./pool-noise";

/** So much of an hour must have been read for its mean to stand for it. */
export const COVERED_MS = 45 * 60_000;
/** From here on it is said that the topics' traffic changed. */
const CHANGED_PART = 0.1;

/** What is known of one tenant's hour in the pool. */
export interface TenantHour {
  source: "estimated" | "reported";
  /** Bytes per second. */
  rate: Interval;
  /** Brokers that lead partitions in which its records were met; of what is reported, in which they may lie. */
  brokers: ReadonlySet<number>;
  /** The largest part by topic, in bytes per second. */
  topics: readonly { topic: string; bytesPerSecond: number }[];
  /** What widens the interval beside chance, in a sentence; null: nothing. */
  wide: string | null;
}

/** null: nothing is reported of it, and in no batch of a sample it was met. Reported numbers count before samples. */
export function tenantHour(state: TenantState, cluster: ClusterSnapshot, hour: GatheredHour, resource: PoolResource): TenantHour | null {
  return reportedHour(state, cluster, hour, resource) ?? (resource === "in" ? sampledHour(state, cluster, hour) : null);
}

function sharedTopics({ topics }: TenantState, { clusterId }: ClusterSnapshot): string[] {
  return topics.flatMap(({ topic, clusterId: on, owner }) => (on === clusterId && owner.kind === "shared" ? [topic] : []));
}

function reportedHour(state: TenantState, cluster: ClusterSnapshot, { reported }: GatheredHour, resource: PoolResource): TenantHour | null {
  const told = reported.get(state.tenant.id)?.[resource];
  if (told === undefined || told.coveredMs < COVERED_MS) return null;
  const value = (told.bytes * 1000) / told.coveredMs;
  const brokers = new Set(sharedTopics(state, cluster).flatMap((topic) => leadersOf(cluster, topic)));
  return { source: "reported", rate: { low: value, value, high: value }, brokers, topics: [], wide: null };
}

function leadersOf({ metadata }: ClusterSnapshot, topic: string, among?: readonly number[]): number[] {
  const partitions = metadata?.topics.get(topic)?.partitions ?? [];
  return partitions.flatMap(({ partition, leader }) => (leader === null || among?.includes(partition) === false ? [] : [leader]));
}

/** A sample that was drawn of the whole hour once it was over; null: there is none. */
export function hourSample({ pool }: ClusterSnapshot, topic: string, fromMs: number): { shares: PoolShares; hour: SampledHour } | null {
  const shares = pool?.shares.get(topic);
  if (shares?.hour === undefined || shares.hour.fromMs !== fromMs || Date.parse(shares.at) < fromMs + HOUR_MS) return null;
  return { shares, hour: shares.hour };
}

function sampledHour(state: TenantState, cluster: ClusterSnapshot, hour: GatheredHour): TenantHour | null {
  const bytes: Interval = { low: 0, value: 0, high: 0 };
  const brokers = new Set<number>();
  const parts: { topic: string; bytesPerSecond: number }[] = [];
  const perSecond = (value: number): number => (value * 1000) / hour.coveredMs;
  let wide: string | null = null;
  for (const topic of sharedTopics(state, cluster)) {
    const slices = hour.topics.get(topic) ?? [];
    const carried = totalIn(slices);
    if (carried === 0) continue;
    const sample = hourSample(cluster, topic, hour.fromMs);
    if (sample === null) {
      bytes.high += carried;
      wide = `${topic} was not sampled for this hour, and any part of it may be its.`;
      continue;
    }
    const row = shareOfTenant(sample.shares, state.tenant.id);
    if (row === null) {
      bytes.high += carried * sample.shares.unmet;
      continue;
    }
    const part = hourBytes(slices, row, sample.hour);
    for (const end of ["low", "value", "high"] as const) bytes[end] += part[end];
    for (const leader of leadersOf(cluster, topic, row.partitions)) brokers.add(leader);
    parts.push({ topic, bytesPerSecond: perSecond(part.value) });
    if (wide === null && changedPart(slices, sample.hour) >= CHANGED_PART)
      wide = `${topic} carried more or less in other minutes than while it was sampled, and what changed may be anybody's.`;
  }
  if (parts.length === 0) return null;
  const rate = { low: perSecond(bytes.low), value: perSecond(bytes.value), high: perSecond(bytes.high) };
  return { source: "estimated", rate, brokers, topics: parts.sort((a, b) => b.bytesPerSecond - a.bytesPerSecond), wide };
}

/** Tenants with a placement in a pool of the cluster. */
export function poolTenants({ tenants }: FleetSnapshot, clusterId: string): TenantState[] {
  return [...tenants.values()].filter(({ tenant }) =>
    tenant.placements.some(({ cluster, model }) => cluster === clusterId && model === "pool"),
  );
}
