import type { Lease } from "@/lib/store/leases/lease";
import { type HistoryPoint, readHistory } from "@/lib/store/rollups/read-history";
import { rollUp } from "@/lib/store/rollups/roll-up";
import type { TenantMinute } from "@/lib/store/rollups/types";
import { writeMinute } from "@/lib/store/rollups/write-minute";
import type { Store } from "@/lib/store/store";
import { takeLease } from "./lease-suite";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const START = Date.parse("2026-03-02T10:00:00Z");

/** A cluster with its lease, written and rolled up as a collector does. */
export async function openCluster(store: Store, clusterId: string) {
  const lease = await takeLease(store, `rollup/${clusterId}`);
  return {
    lease,
    write: (minute: number, tenants: TenantMinute[], by: Lease = lease) =>
      writeMinute(store, { clusterId, atMs: START + minute * MINUTE, tenants }, by, new Date(START + minute * MINUTE)),
    rollUp: (minute: number, by: Lease = lease) => rollUp(store, clusterId, by, new Date(START + minute * MINUTE)),
    async history(tenantId: string, fromMinute: number, toMinute: number, maxPoints: number, nowMinute = toMinute) {
      const range = { fromMs: START + fromMinute * MINUTE, toMs: START + toMinute * MINUTE };
      const now = new Date(START + nowMinute * MINUTE);
      const history = await readHistory(store, { tenantId, clusterId, ...range, maxPoints }, now);
      return { stepMs: history.stepMs, sinceMs: history.sinceMs, points: history.clusters[0]?.points ?? [] };
    },
  };
}

export function minutesOf(points: readonly HistoryPoint[]): number[] {
  return points.map((point) => (point.atMs - START) / MINUTE);
}
