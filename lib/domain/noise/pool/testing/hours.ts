import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { BrokerPressure } from "@/lib/domain/noise/noise";
import { groupStands } from "@/lib/domain/noise/victims";
import type { ReportedUse } from "@/lib/domain/pool/pool-facts";
import { HOUR_MS } from "@/lib/domain/pool/sampled-hour";
import type { PoolShares } from "@/lib/domain/pool/shares";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { drain } from "@/lib/domain/steps";
import type { Tenant } from "@/lib/domain/tenant";
import { AT_MS, cluster, poolTenant, registry } from "@/lib/domain/testing/cluster-fixture";
import type { Tier } from "@/lib/domain/tier";
import type { PoolReading } from "../gather-hour";
import { EMPTY_POOL_MEMORY, type PoolLevel, type PoolMemory, type PoolNoise } from "../pool-noise";
import { turnHour } from "../turn-hour";

export const MINUTE = 60_000;
export const POOL = ["kestrel", "acme", "brook"];
/** What each of the pool's tenants is promised. */
export const PROMISE = 100_000;

type Row = [tenantId: string | null, share: number, error: number];

/** An hour as it is read minute by minute, and what was sampled once it was over. */
export interface HourSpec {
  /** Bytes per second that come into the shared topic, by minute of the hour. */
  rate: number | ((minute: number) => number);
  /** What goes out. Default: what comes in. */
  out?: number;
  /** Shares of the hour's sample; null: it was not sampled. */
  sample: Row[] | null;
  /** The minute since which the sample could meet everything. Default 0: the whole hour. */
  since?: number;
  /** Which part of the hour lies in the partitions that were drawn from. */
  part?: number;
  /** Partitions in which everybody was met. */
  partitions?: number[];
  /** When the sample was taken, in minutes after the hour. */
  sampledAfter?: number;
  /** Minutes in which broker 2 is under pressure since a minute of the hour; negative: since the hour before. */
  pressureSince?: number;
  /** How many records acme.reader is behind, by minute. */
  behind?: (minute: number) => number;
  /** Minutes that are read. Default: all. */
  isRead?: (minute: number) => boolean;
  /** What applications report, by minute. */
  reported?: (minute: number, atMs: number) => [string, ReportedUse][];
}

export interface Declared {
  tenants?: Tenant[];
  tier?: Partial<Tier>;
}

function sharesOf({ sample, since = 0, part = 1, partitions = [0, 1, 2], sampledAfter = 1 }: HourSpec, fromMs: number): PoolShares | null {
  if (sample === null) return null;
  return {
    at: new Date(fromMs + HOUR_MS + sampledAfter * MINUTE).toISOString(),
    hour: { fromMs, sinceMs: fromMs + since * MINUTE, part },
    draws: 72,
    partitions: [0, 1, 2],
    unmet: 0.05,
    rows: sample.map(([tenantId, bytes, error]) => ({
      tenantId,
      bytes,
      bytesError: error,
      records: bytes,
      recordsError: error,
      partitions,
    })),
  };
}

function snapshotAt(spec: HourSpec, minute: number, atMs: number, shares: PoolShares | null): ClusterSnapshot {
  const rate = typeof spec.rate === "number" ? spec.rate : spec.rate(minute);
  const at = new Date(atMs).toISOString();
  const behind = spec.behind?.(minute) ?? 0;
  const made = cluster({ at, topics: ["pool.x", "own.x"], groups: { "own.reader": { behind: { "own.x": behind } } } });
  const meters = new Map(
    [...made.meters].map(([brokerId, of]) => {
      const topics = new Map(of.topics).set("pool.x", { bytesInPerSecond: rate / 3, bytesOutPerSecond: (spec.out ?? rate) / 3 });
      const broker = { bytesInPerSecond: rate / 3, bytesOutPerSecond: (spec.out ?? rate) / 3 };
      return [brokerId, { ...of, topics, broker }];
    }),
  );
  const reported = new Map(spec.reported?.(minute, atMs) ?? []);
  return { ...made, meters, pool: { shares: new Map(shares === null ? [] : [["pool.x", shares]]), reported } };
}

function readingAt(spec: HourSpec, minute: number, fromMs: number, shares: PoolShares | null, declared: Declared): PoolReading {
  const atMs = fromMs + (minute + 1) * MINUTE;
  const made = snapshotAt(spec, minute, atMs, shares);
  const tenants = declared.tenants ?? POOL.map(poolTenant);
  const of = registry(tenants);
  of.tiers = of.tiers.map((one) => ({ ...one, produceBytesPerSecond: PROMISE, consumeBytesPerSecond: PROMISE, ...declared.tier }));
  const { fleet } = assembleFleet({ registry: of, clusters: [made], memory: EMPTY_MEMORY, at: made.at });
  const isUnder = spec.pressureSince !== undefined && minute >= spec.pressureSince;
  const pressed: BrokerPressure = {
    brokerId: 2,
    signs: isUnder ? [{ kind: "handlers", value: 0.1, limit: 0.3, baseline: null }] : [],
    sinceMs: isUnder ? fromMs + (spec.pressureSince ?? 0) * MINUTE : null,
    unseen: [],
  };
  const noise = { clusterId: "c1", at: made.at, levels: [], brokers: [pressed], episodes: [], findings: [], unseen: null };
  const stands = { groups: groupStands(fleet.groups.get("c1") ?? new Map()), times: new Map() };
  return { fleet, cluster: made, noise, fresh: made.meters, isWhole: true, stands, atMs, intervalMs: MINUTE };
}

/** Judges hours one after the other, each with what was remembered of those before. */
export function judgedHours(specs: readonly HourSpec[], declared: Declared = {}, from: PoolMemory = EMPTY_POOL_MEMORY): PoolNoise[] {
  let memory = from;
  const told: PoolNoise[] = [];
  const turn = (reading: PoolReading): void => {
    const turned = drain(turnHour(memory, reading, reading.atMs));
    memory = turned.memory;
    if (turned.noise !== null) told.push(turned.noise);
  };
  for (const [position, spec] of specs.entries()) {
    const fromMs = AT_MS + position * HOUR_MS;
    const before = specs[position - 1];
    const known = before === undefined ? null : sharesOf(before, fromMs - HOUR_MS);
    for (let minute = 0; minute < 60; minute += 1) {
      if (spec.isRead?.(minute) === false) continue;
      turn(readingAt(spec, minute, fromMs, minute === 0 ? null : known, declared));
    }
  }
  const last = specs.at(-1);
  if (last === undefined) return told;
  const fromMs = AT_MS + specs.length * HOUR_MS;
  // The minutes after the last hour, until it is judged at the latest.
  for (let minute = 0; minute <= 16; minute += 1) {
    const sampled = minute >= (last.sampledAfter ?? 1) ? sharesOf(last, fromMs - HOUR_MS) : null;
    turn(readingAt({ ...last, rate: 0, reported: () => [] }, minute, fromMs, sampled, declared));
  }
  return told;
}

export const levelOf = (noise: PoolNoise | undefined, tenantId: string, resource: PoolLevel["resource"] = "in"): PoolLevel | undefined =>
  noise?.levels.find((level) => level.tenantId === tenantId && level.resource === resource);

/** "kestrel above noisy", one for each level of what comes in. */
export const told = (noise: PoolNoise | undefined): string[] =>
  (noise?.levels ?? [])
    .filter(({ resource }) => resource === "in")
    .map(({ tenantId, promise, verdict }) => `${tenantId} ${promise} ${verdict}`)
    .sort();
