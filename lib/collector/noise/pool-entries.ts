import { RESOURCES, VERDICTS } from "@/lib/domain/noise/noise";
import { POOL_RESOURCES, type PoolLevel } from "@/lib/domain/noise/pool/pool-noise";
import { type NoiseEntry, POOL_BROKER, POOL_PROMISES, POOL_SOURCES, type PoolEntry, type PoolHour } from "@/lib/store";

/** So many of an hour are kept: those above their promise first, then the loudest. */
const KEPT_MAX = 300;

/** What is kept of an hour of a cluster's pools. */
export function poolEntries(levels: readonly PoolLevel[]): Pick<PoolHour, "entries" | "levels" | "cut"> {
  const order = levels.toSorted(
    (a, b) =>
      Number(b.promise === "above") - Number(a.promise === "above") ||
      (b.times?.value ?? 0) - (a.times?.value ?? 0) ||
      b.share.value - a.share.value ||
      (a.tenantId < b.tenantId ? -1 : 1),
  );
  return { entries: order.slice(0, KEPT_MAX).map(entryOf), levels: levels.flatMap(levelEntry), cut: order.length > KEPT_MAX };
}

function levelEntry({ tenantId, resource, times, share, verdict }: PoolLevel): NoiseEntry[] {
  if (times === null) return [];
  const kept = Number.isFinite(times.value) ? round(times.value) : null;
  return [[tenantId, RESOURCES.indexOf(resource), POOL_BROKER, kept, round(share.value), VERDICTS.indexOf(verdict)]];
}

function entryOf({
  tenantId,
  resource,
  source,
  rate,
  share,
  entitlement,
  promiseBytesPerSecond,
  promise,
  because,
  verdict,
}: PoolLevel): PoolEntry {
  return {
    t: tenantId,
    r: POOL_RESOURCES.indexOf(resource),
    s: POOL_SOURCES.indexOf(source),
    b: [round(rate.low), round(rate.value), round(rate.high)],
    p: [round(share.low), round(share.value), round(share.high)],
    e: entitlement === null ? null : round(entitlement),
    l: promiseBytesPerSecond,
    h: POOL_PROMISES.indexOf(promise),
    v: VERDICTS.indexOf(verdict),
    ...(because === null ? {} : { w: because }),
  };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
