import type { NoisyHeat } from "@/lib/domain/views/noisy";

/** One tenant's worst level of one resource in a kept span. A broker below zero: a pool's tenant, of the cluster in an hour. */
type Entry = readonly [tenantId: string, resource: number, brokerId: number, times: number | null, share: number, verdict: number];

export interface KeptNoise {
  spanMinutes: number;
  rows: readonly { clusterId: string; atMs: number; entries: readonly Entry[]; cut: boolean }[];
}

export interface HeatQuery {
  fromMs: number;
  toMs: number;
  /** An index of RESOURCES; null: the worst of them. */
  resource: number | null;
  /** Whether a tenant is to be shown. */
  isShown: (tenantId: string) => boolean;
  nameOf: (tenantId: string) => string;
  rowsMax: number;
  stepsMax: number;
  /** Whether a cluster that is shown has tenants of pools. */
  hasPools: boolean;
}

/** More than can be said: entitled to nothing there, and taking some. */
const BEYOND = 99;
const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;

/** Kept levels as rows of equal steps, the loudest tenants first. A step covers several kept spans where there are too many, and shows the worst. */
export function heatOf(kept: KeptNoise, query: HeatQuery): NoisyHeat {
  const { fromMs, toMs, resource, isShown, nameOf, rowsMax, stepsMax, hasPools } = query;
  const spanMs = kept.spanMinutes * MINUTE_MS;
  const stepMs = spanMs * Math.max(1, Math.ceil((toMs - fromMs) / spanMs / stepsMax));
  const first = Math.floor(fromMs / stepMs) * stepMs;
  const count = Math.max(1, Math.ceil((toMs - first) / stepMs));
  const rows = new Map<string, (number | null)[]>();
  const loudest = new Map<string, number>();
  const byHour = new Set<string>();
  let cut = false;
  for (const { atMs, entries, cut: isCut } of kept.rows) {
    const step = Math.floor((atMs - first) / stepMs);
    if (step < 0 || step >= count) continue;
    cut ||= isCut;
    for (const [tenantId, of, brokerId, times] of entries) {
      if ((resource !== null && of !== resource) || !isShown(tenantId)) continue;
      const value = times ?? BEYOND;
      if (brokerId < 0) byHour.add(tenantId);
      let row = rows.get(tenantId);
      if (row === undefined) {
        row = new Array<number | null>(count).fill(null);
        rows.set(tenantId, row);
      }
      row[step] = Math.max(row[step] ?? 0, value);
      if (value > (loudest.get(tenantId) ?? -1)) loudest.set(tenantId, value);
    }
  }
  const order = [...rows.keys()].sort((a, b) => (loudest.get(b) ?? 0) - (loudest.get(a) ?? 0) || (a < b ? -1 : 1));
  return {
    stepMs,
    keptMinutes: kept.spanMinutes,
    times: Array.from({ length: count }, (_, step) => first + step * stepMs),
    rows: order.slice(0, rowsMax).map((tenantId) => ({
      tenantId,
      name: nameOf(tenantId),
      values: rows.get(tenantId) ?? [],
      ...(byHour.has(tenantId) ? { byHour: true as const } : {}),
    })),
    withoutPools: hasPools && kept.spanMinutes < HOUR_MINUTES,
    seen: order.length,
    cut,
  };
}
