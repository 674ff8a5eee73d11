import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import type { LevelMemory } from "@/lib/domain/noise/noise";
import { judge, type Pace, timesOf } from "@/lib/domain/noise/verdict";
import { HOUR_MS } from "@/lib/domain/pool/sampled-hour";
import { listPromise, promisedOn } from "@/lib/domain/promised";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import { episodeOf } from "./pool-episode";
import { poolFindings } from "./pool-findings";
import { type GatheredHour, type Interval, POOL_RESOURCES, type PoolLevel, type PoolNoise, type PoolResource } from "./pool-noise";
import { COVERED_MS, poolTenants, type TenantHour, tenantHour } from "./tenant-hour";

/** An interval of an hour is evidence by itself, so one begins an episode; two without end it. */
const HOURS: Pace = { on: 1, off: 2 };
/** What is less than this is nothing to share out, in bytes per second. */
const LITTLE = 10_000;
const STEP = 100;

export const DIRECTION_OF = { in: "produce", out: "consume" } as const;

/** What was remembered of a tenant, by which an episode goes on from hour to hour. */
export type PoolLevels = ReadonlyMap<string, LevelMemory>;

export const levelKey = (tenantId: string, resource: PoolResource): string => `${tenantId}|pool|${resource}`;

interface Told {
  state: TenantState;
  found: TenantHour;
}

/** Judges an hour that is over: what each tenant of the cluster's pools took in it, and who is to blame for the pressure of that hour. */
export function* judgeHour(
  fleet: FleetSnapshot,
  cluster: ClusterSnapshot,
  hour: GatheredHour,
  levels: PoolLevels,
): Steps<{ noise: PoolNoise; levels: PoolLevels }> {
  const tenants = poolTenants(fleet, cluster.clusterId);
  const noise: PoolNoise = {
    clusterId: cluster.clusterId,
    fromMs: hour.fromMs,
    untilMs: hour.fromMs + HOUR_MS,
    levels: [],
    episodes: [],
    findings: [],
    unseen: unseenOf(hour),
  };
  if (noise.unseen !== null) return { noise, levels };
  const remembered = new Map<string, LevelMemory>();
  for (const resource of POOL_RESOURCES) {
    const told: Told[] = [];
    for (const [position, state] of tenants.entries()) {
      if (position % STEP === STEP - 1) yield;
      if (hour.counted[resource].has(state.tenant.id)) continue;
      const found = tenantHour(state, cluster, hour, resource);
      if (found !== null) told.push({ state, found });
    }
    yield* judgeResource({ fleet, cluster, hour, resource, told, before: levels, remembered, noise });
  }
  noise.unseen = noise.levels.length === 0 ? NOTHING_TOLD : null;
  if (noise.unseen !== null) return { noise, levels };
  noise.findings = poolFindings(fleet, cluster, noise);
  return { noise, levels: remembered };
}

const NOTHING_TOLD = "No shared topic was sampled for this hour, and nothing is reported of it.";

function unseenOf({ coveredMs }: GatheredHour): string | null {
  if (coveredMs >= COVERED_MS) return null;
  return `The brokers were read in ${Math.floor(coveredMs / 60_000)} of its 60 minutes only, so its bytes are not known.`;
}

interface Judging {
  fleet: FleetSnapshot;
  cluster: ClusterSnapshot;
  hour: GatheredHour;
  resource: PoolResource;
  told: readonly Told[];
  before: PoolLevels;
  remembered: Map<string, LevelMemory>;
  noise: PoolNoise;
}

function* judgeResource(judging: Judging): Steps<void> {
  const { fleet, cluster, hour, resource, told, before, remembered, noise } = judging;
  const clusterRate = (hour.bytes[resource] * 1000) / hour.coveredMs;
  if (clusterRate < LITTLE) return;
  const promised = activePromise(judging);
  for (const [position, { state, found }] of told.entries()) {
    if (position % STEP === STEP - 1) yield;
    const { id } = state.tenant;
    const key = levelKey(id, resource);
    const was = before.get(key);
    const pressures = [...found.brokers].flatMap((brokerId) => hour.pressures.get(brokerId) ?? []);
    const share = scaled(found.rate, 1 / clusterRate);
    const own = promisedOn(state.tenant, cluster.clusterId, listPromise(state.tier, DIRECTION_OF[resource]));
    const entitlement = own === null || promised === 0 ? null : own / promised;
    const { promise, because, promiseBytesPerSecond } = againstPromise(state, cluster.clusterId, resource, found);
    const pressureSinceMs = pressures.length === 0 ? null : Math.min(...pressures.map(({ sinceMs }) => sinceMs));
    const input = { share: share.low, entitlement, promise, pressureSinceMs, atMs: hour.fromMs, toleranceMs: 0 };
    const judged = judge(input, was, HOURS);
    if (judged.memory.isOn) remembered.set(key, judged.memory);
    const level: PoolLevel = {
      tenantId: id,
      resource,
      source: found.source,
      rate: found.rate,
      clusterRate,
      share,
      promiseBytesPerSecond,
      promise,
      because,
      entitlement,
      times: entitlement === null ? null : mapInterval(share, (one) => timesOf(one, entitlement)),
      // An hour that cannot tell blames nobody, not even while the end of a state is awaited.
      verdict: promise === "unknown" ? "unknown" : judged.verdict,
      sinceMs: judged.sinceMs,
    };
    noise.levels.push(level);
    const { verdict } = judged;
    if (verdict !== "noisy" && verdict !== "loud") continue;
    noise.episodes.push(episodeOf({ fleet, cluster, hour, level, verdict, found, pressures, peak: judged.memory.peak }));
  }
}

function scaled(interval: Interval, factor: number): Interval {
  return mapInterval(interval, (one) => Math.min(1, one * factor));
}

function mapInterval({ low, value, high }: Interval, change: (one: number) => number): Interval {
  return { low: change(low), value: change(value), high: change(high) };
}

/** The list promises for this cluster of all that were seen to use the resource there in the hour. */
function activePromise({ fleet, cluster, hour, resource, told }: Judging): number {
  const ids = new Set(hour.active[resource]);
  for (const { state, found } of told) if (found.rate.value > 0) ids.add(state.tenant.id);
  let sum = 0;
  for (const id of ids) {
    const state = fleet.tenants.get(id);
    if (state !== undefined) sum += promisedOn(state.tenant, cluster.clusterId, listPromise(state.tier, DIRECTION_OF[resource])) ?? 0;
  }
  return sum;
}

type AgainstPromise = Pick<PoolLevel, "promise" | "because" | "promiseBytesPerSecond">;

/**
 * Above only where the lower end of the interval is, not above only where the upper end is not. Its part of this pool alone can show that
 * a tenant is above; that it is not needs everything that it does elsewhere.
 */
export function againstPromise(
  { tenant, tier }: Pick<TenantState, "tenant" | "tier">,
  clusterId: string,
  resource: PoolResource,
  { rate, wide }: Pick<TenantHour, "rate" | "wide">,
): AgainstPromise {
  const promised = listPromise(tier, DIRECTION_OF[resource]);
  if (promised === null) return { promise: "none", because: null, promiseBytesPerSecond: null };
  const told = (promise: AgainstPromise["promise"], because: string | null = null): AgainstPromise => ({
    promise,
    because,
    promiseBytesPerSecond: promised,
  });
  if (rate.low > promised) return told("above");
  if (rate.high > promised) return told("unknown", wide ?? "The interval of its estimate holds the promise.");
  const isElsewhere = tenant.placements.some(({ cluster, model }) => cluster !== clusterId || model !== "pool");
  return isElsewhere ? told("unknown", "What it does outside of this pool is not in the number.") : told("within");
}
