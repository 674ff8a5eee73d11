import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { BrokerPressure, ClusterNoise, GroupStand } from "@/lib/domain/noise/noise";
import type { ReportedUse } from "@/lib/domain/pool/pool-facts";
import { REPORTED_OLD_MS } from "@/lib/domain/pool/pool-rate";
import { HOUR_MS, hourOf } from "@/lib/domain/pool/sampled-hour";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import type { GatheredHour, HourSlice, PoolMemory, PoolResource, ReportedHour, Stands } from "./pool-noise";

export const SLICE_MS = 60_000;
const SLICES = HOUR_MS / SLICE_MS;
const STEP = 500;
/** CloudWatch is asked every five minutes while nobody looks, and tells of its newest minute. */
const CLOUD_GAP_MS = 6 * 60_000;
/** What an application counts is told in steps of about this length where nothing else is known. */
const REPORTED_STEP_MS = 300_000;

/** One reading of a cluster, with what was judged of it. */
export interface PoolReading {
  fleet: FleetSnapshot;
  cluster: ClusterSnapshot;
  noise: ClusterNoise;
  fresh: ReadonlyMap<number, BrokerMeters>;
  /** Brokers that live and were not read: what topics carried there is not known. */
  isWhole: boolean;
  stands: Stands;
  atMs: number;
  intervalMs: number;
}

/** Takes a reading into the hour it falls into. Nothing is gathered where no topic is shared and nothing is reported. */
export function* gatherHour(memory: PoolMemory, reading: PoolReading): Steps<PoolMemory> {
  const { fleet, cluster, atMs } = reading;
  const shared = yield* sharedTopics(fleet, cluster.clusterId);
  const reported = cluster.pool?.reported ?? new Map<string, ReportedUse>();
  if (shared.length === 0 && reported.size === 0) return { ...memory, running: null, ended: null, lastMs: null };
  const sinceMs = sinceOf(memory.lastMs, reading);
  const fromMs = hourOf((sinceMs + atMs) / 2);
  const { running, ended } = turned(memory, fromMs, reading.stands);
  if (fromMs === running.fromMs) yield* addReading(running, reading, shared, sinceMs);
  yield* addReported([running, ended], reported);
  return { ...memory, running, ended, lastMs: atMs };
}

function* sharedTopics(fleet: FleetSnapshot, clusterId: string): Steps<string[]> {
  const shared: string[] = [];
  let seen = 0;
  for (const { topic, owner } of fleet.topics.get(clusterId)?.values() ?? []) {
    if (owner.kind === "shared") shared.push(topic);
    if (++seen % STEP === 0) yield;
  }
  return shared;
}

/** Rates are those since the reading before; after a pause they are of one interval alone. */
function sinceOf(lastMs: number | null, { atMs, intervalMs }: PoolReading): number {
  const gapMs = lastMs === null ? Number.POSITIVE_INFINITY : atMs - lastMs;
  return gapMs > Math.max(3 * intervalMs, CLOUD_GAP_MS) ? atMs - intervalMs : atMs - gapMs;
}

/** An hour that is over waits for its samples; whichever was waiting until now is judged no more. */
function turned({ running, ended }: PoolMemory, fromMs: number, stands: Stands): { running: GatheredHour; ended: GatheredHour | null } {
  if (running !== null && running.fromMs >= fromMs) return { running, ended };
  return { running: emptyHour(fromMs, stands), ended: running };
}

function emptyHour(fromMs: number, stands: Stands): GatheredHour {
  return {
    fromMs,
    coveredMs: 0,
    bytes: { in: 0, out: 0 },
    topics: new Map(),
    active: { in: new Set(), out: new Set() },
    counted: { in: new Set(), out: new Set() },
    reported: new Map(),
    pressures: new Map(),
    before: stands,
    worst: stands,
  };
}

function* addReading(hour: GatheredHour, reading: PoolReading, shared: readonly string[], sinceMs: number): Steps<void> {
  const { fresh, noise, isWhole, stands, atMs } = reading;
  addPressures(hour, noise.brokers);
  for (const { tenantId, resource, rate, source } of noise.levels) {
    if (resource === "requests" || rate === 0) continue;
    hour.active[resource].add(tenantId);
    if (source === "measured") hour.counted[resource].add(tenantId);
  }
  yield;
  hour.worst = { groups: worseGroups(hour.worst.groups, stands.groups), times: slowerTimes(hour.worst.times, stands.times) };
  yield;
  if (!isWhole) return;
  const spanMs = atMs - sinceMs;
  hour.coveredMs += spanMs;
  for (const { broker } of fresh.values()) {
    hour.bytes.in += ((broker.bytesInPerSecond ?? 0) * spanMs) / 1000;
    hour.bytes.out += ((broker.bytesOutPerSecond ?? 0) * spanMs) / 1000;
  }
  const at = Math.min(SLICES - 1, Math.max(0, Math.floor(((sinceMs + atMs) / 2 - hour.fromMs) / SLICE_MS)));
  let done = 0;
  for (const topic of shared) {
    const slices = hour.topics.get(topic) ?? emptySlices();
    hour.topics.set(topic, slices);
    const slice = slices[at];
    if (slice !== undefined) addTopic(slice, topic, fresh, spanMs);
    if (++done % STEP === 0) yield;
  }
}

function emptySlices(): HourSlice[] {
  return Array.from({ length: SLICES }, () => ({ coveredMs: 0, in: 0, out: 0 }));
}

function addTopic(slice: HourSlice, topic: string, fresh: ReadonlyMap<number, BrokerMeters>, spanMs: number): void {
  slice.coveredMs += spanMs;
  for (const { topics } of fresh.values()) {
    const rates = topics.get(topic);
    slice.in += ((rates?.bytesInPerSecond ?? 0) * spanMs) / 1000;
    slice.out += ((rates?.bytesOutPerSecond ?? 0) * spanMs) / 1000;
  }
}

function addPressures({ pressures }: GatheredHour, brokers: readonly BrokerPressure[]): void {
  for (const { brokerId, signs, sinceMs } of brokers) {
    if (sinceMs === null) continue;
    const known = pressures.get(brokerId);
    pressures.set(brokerId, {
      brokerId,
      sinceMs: Math.min(known?.sinceMs ?? sinceMs, sinceMs),
      signs: signs.length > 0 ? signs : (known?.signs ?? []),
    });
  }
}

function worseGroups(worst: Stands["groups"], now: Stands["groups"]): Map<string, GroupStand> {
  const merged = new Map(worst);
  for (const [groupId, stand] of now) {
    const known = merged.get(groupId);
    if (known === undefined || isWorse(stand, known)) merged.set(groupId, stand);
  }
  return merged;
}

function isWorse(a: GroupStand, b: GroupStand): boolean {
  return a.timeMs !== null && b.timeMs !== null ? a.timeMs > b.timeMs : a.records > b.records;
}

function slowerTimes(worst: Stands["times"], now: Stands["times"]): Stands["times"] {
  const slower = (a: number | null | undefined, b: number | null): number | null => (a == null || b === null ? (a ?? b) : Math.max(a, b));
  const merged = new Map(worst);
  for (const [brokerId, { produceMs, fetchMs }] of now) {
    const known = merged.get(brokerId);
    merged.set(brokerId, { produceMs: slower(known?.produceMs, produceMs), fetchMs: slower(known?.fetchMs, fetchMs) });
  }
  return merged;
}

const REPORTED_DIRECTION = { in: "produce", out: "consume" } as const;

/** What is reported comes minutes late, and counts for the hour that it is about. */
function* addReported(hours: readonly (GatheredHour | null)[], reported: ReadonlyMap<string, ReportedUse>): Steps<void> {
  let done = 0;
  for (const [tenantId, use] of reported) {
    if (++done % STEP === 0) yield;
    for (const resource of ["in", "out"] as const) {
      const told = use[REPORTED_DIRECTION[resource]];
      if (told == null) continue;
      const untilMs = Date.parse(told.at);
      const before = lastReported(hours, tenantId, resource);
      if (before !== null && untilMs <= before) continue;
      const gapMs = before === null ? REPORTED_STEP_MS : untilMs - before;
      const spanMs = gapMs > REPORTED_OLD_MS ? REPORTED_STEP_MS : gapMs;
      const hour = hours.find((one) => one?.fromMs === hourOf(untilMs - spanMs / 2));
      if (hour == null) continue;
      const entry = hour.reported.get(tenantId) ?? {};
      const { bytes = 0, coveredMs = 0 }: Partial<ReportedHour> = entry[resource] ?? {};
      entry[resource] = { bytes: bytes + (told.bytesPerSecond * spanMs) / 1000, coveredMs: coveredMs + spanMs, atMs: untilMs };
      hour.reported.set(tenantId, entry);
    }
  }
}

function lastReported(hours: readonly (GatheredHour | null)[], tenantId: string, resource: PoolResource): number | null {
  for (const hour of hours) {
    const atMs = hour?.reported.get(tenantId)?.[resource]?.atMs;
    if (atMs !== undefined) return atMs;
  }
  return null;
}
