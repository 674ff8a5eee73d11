import type { FleetSnapshot } from "@/lib/domain/fleet";
import { VERDICTS } from "@/lib/domain/noise/noise";
import type { NoisyFilter } from "@/lib/domain/noise/noisy-rows";
import { POOL_RESOURCES, type PoolLevel } from "@/lib/domain/noise/pool/pool-noise";
import { poolRow } from "@/lib/domain/noise/pool/pool-rows";
import { HOUR_MS } from "@/lib/domain/pool/sampled-hour";
import type { NoisyRow } from "@/lib/domain/views/noisy";
import type { Context } from "@/lib/operations/context";
import { POOL_PROMISES, POOL_SOURCES, type PoolEntry, readPoolHours, type StoredPoolHour } from "@/lib/store";

/** An hour that ended longer ago says nothing of now. */
export const OLD_HOUR_MS = 3 * HOUR_MS;

/** An entry as it was judged. */
export function levelOfEntry({ t, r, s, b, p, e, l, h, v, w }: PoolEntry, atMs: number): PoolLevel {
  const interval = ([low, value, high]: readonly [number, number, number]) => ({ low, value, high });
  const share = interval(p);
  const rate = interval(b);
  const verdict = VERDICTS[v] ?? "quiet";
  return {
    tenantId: t,
    resource: POOL_RESOURCES[r] ?? "in",
    source: POOL_SOURCES[s] ?? "estimated",
    rate,
    clusterRate: share.value > 0 ? rate.value / share.value : 0,
    share,
    promiseBytesPerSecond: l,
    promise: POOL_PROMISES[h] ?? "unknown",
    because: w ?? null,
    entitlement: e,
    times: e === null || e === 0 ? null : interval([share.low / e, share.value / e, share.high / e]),
    verdict,
    sinceMs: verdict === "noisy" || verdict === "loud" ? atMs : null,
  };
}

/** The last hour of each cluster's pools that is kept of a time; of now no hour that is old. */
export async function lastPoolHours(
  { store, fleet }: Context,
  { clusterId, fromMs, toMs, live }: { clusterId: string | null; fromMs: number; toMs: number; live: boolean },
): Promise<StoredPoolHour[]> {
  const since = live ? toMs - OLD_HOUR_MS - HOUR_MS : Math.max(fromMs, toMs - OLD_HOUR_MS) - HOUR_MS + 60_000;
  const stored = await readPoolHours(store, { ...(clusterId === null ? {} : { clusterId }), fromMs: since, toMs });
  const { summaries } = fleet();
  const last = new Map(stored.filter((hour) => summaries.has(hour.clusterId)).map((hour) => [hour.clusterId, hour]));
  return [...last.values()];
}

/** Tenants of pools as rows of the ranking. Of one broker nothing is known of them. */
export function poolRows(
  fleet: FleetSnapshot,
  hours: readonly StoredPoolHour[],
  filter: NoisyFilter,
  isShown: (tenantId: string) => boolean,
): NoisyRow[] {
  if (filter.brokerId !== null) return [];
  return hours.flatMap(({ clusterId, atMs, entries }) => {
    const place = { clusterId, fromMs: atMs, untilMs: atMs + HOUR_MS };
    const pressures = [...(fleet.noise?.get(clusterId)?.pool?.episodes ?? [])];
    return entries.flatMap((entry): NoisyRow[] => {
      const level = levelOfEntry(entry, atMs);
      if (!isShown(level.tenantId) || (filter.resource !== null && filter.resource !== level.resource)) return [];
      const episode = pressures.find((one) => one.level.tenantId === level.tenantId && one.level.resource === level.resource);
      return [poolRow(fleet, place, level, episode?.pressures ?? [])];
    });
  });
}
