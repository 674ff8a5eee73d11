import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { Cause } from "@/lib/domain/noise/noise";
import { compareLevels, viewOf } from "@/lib/domain/noise/noisy-rows";
import { signWords } from "@/lib/domain/noise/sentence";
import { paths } from "@/lib/domain/paths";
import type { ChangeMark } from "@/lib/domain/views/common";
import type { EpisodeView, NoisyRow, PoolHourView } from "@/lib/domain/views/noisy";
import type { HourPressure, PoolEpisode, PoolLevel, PoolNoise } from "./pool-noise";
import { hourSentence, hourWords, poolEpisodeSentence } from "./pool-sentence";

/** The hour of a cluster that a level is of. */
export type HourPlace = Pick<PoolNoise, "clusterId" | "fromMs" | "untilMs">;

const iso = (ms: number): string => new Date(ms).toISOString();

/** What a pool's tenant took in an hour, as it is shown. */
export function poolHourView(fleet: FleetSnapshot, hour: HourPlace, level: PoolLevel): PoolHourView {
  const { share, rate, times, promiseBytesPerSecond, promise, because } = level;
  const name = fleet.tenants.get(level.tenantId)?.tenant.name ?? level.tenantId;
  const clusterName = fleet.summaries.get(hour.clusterId)?.name ?? hour.clusterId;
  return {
    from: iso(hour.fromMs),
    until: iso(hour.untilMs),
    share,
    rateBytesPerSecond: rate,
    times: times === null || !Number.isFinite(times.high) ? null : times,
    promiseBytesPerSecond,
    promise,
    because,
    sentence: hourSentence(level, hour, clusterName, name),
  };
}

export function poolRow(fleet: FleetSnapshot, hour: HourPlace, level: PoolLevel, pressures: readonly HourPressure[] = []): NoisyRow {
  const { tenantId, resource, verdict, share, entitlement, times, rate, clusterRate, sinceMs, source } = level;
  return {
    tenantId,
    tenantName: fleet.tenants.get(tenantId)?.tenant.name ?? tenantId,
    clusterId: hour.clusterId,
    clusterName: fleet.summaries.get(hour.clusterId)?.name ?? hour.clusterId,
    brokerId: null,
    resource,
    verdict,
    share: share.value,
    entitlement,
    times: times === null || !Number.isFinite(times.value) ? null : times.value,
    rate: rate.value,
    brokerRate: clusterRate,
    signs: pressures.flatMap(({ brokerId, signs }) => signs.map((sign) => `broker ${brokerId}: ${signWords(sign)}`)),
    since: sinceMs === null ? null : iso(sinceMs),
    source,
    pool: poolHourView(fleet, hour, level),
  };
}

/** The ranking with the tenants of pools in it, each tenant once, at its worst. */
export function withPoolRows(rows: readonly NoisyRow[], pool: readonly NoisyRow[]): NoisyRow[] {
  if (pool.length === 0) return [...rows];
  const worst = new Map(rows.map((row) => [row.tenantId, row]));
  for (const row of pool) {
    const known = worst.get(row.tenantId);
    if (known === undefined || compareLevels(row, known) < 0) worst.set(row.tenantId, row);
  }
  return [...worst.values()].sort(compareLevels);
}

/** An episode of a pool as it is shown. No quota of Kafka can hold its tenant, so none is offered. */
export function poolEpisodeView(fleet: FleetSnapshot, noise: HourPlace, episode: PoolEpisode, changes: readonly ChangeMark[]): EpisodeView {
  const { level, verdict, pressures, peak, victims, mechanism, causes } = episode;
  const row = { ...poolRow(fleet, noise, level, pressures), verdict };
  const naming = { tenant: (id: string) => fleet.tenants.get(id)?.tenant.name ?? id, others: true };
  const say = (known: Cause[]): string => poolEpisodeSentence({ ...episode, causes: known }, noise, row.clusterName, naming);
  const next = nextSteps(row, hourWords(noise));
  return viewOf(fleet, { row, peakShare: peak, victims, mechanism, causes, next, say }, changes);
}

function nextSteps({ tenantId, clusterName }: NoisyRow, hour: string): EpisodeView["next"] {
  const reason = `Above its promise in the pool of ${clusterName}, ${hour}`;
  return [
    { label: "Move it to topics of its own", href: paths.isolation({ tenant: tenantId }) },
    { label: "Plan another tier", href: paths.changeTenant(tenantId, "tier", { reason }) },
    { label: "Look at its part of the pool", href: `${paths.tenant(tenantId)}#pool` },
  ];
}
