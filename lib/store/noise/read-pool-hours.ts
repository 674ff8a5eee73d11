import { and, asc, eq, gte, lt, sql } from "drizzle-orm";
import { minuteOf } from "@/lib/store/rollups/levels";
import { type PoolEntry, poolHours } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

export interface PoolHoursQuery {
  /** Absent: all clusters. */
  clusterId?: string;
  /** Hours that begin from here on, and before `toMs`. */
  fromMs: number;
  toMs: number;
  /** Absent: all tenants. */
  tenantId?: string;
}

export interface StoredPoolHour {
  clusterId: string;
  /** The hour's beginning. */
  atMs: number;
  entries: PoolEntry[];
  cut: boolean;
}

/** What the tenants of pools took, by the hour, oldest first; an hour that was not judged has no row. */
export async function readPoolHours(store: StoreSession, { clusterId, fromMs, toMs, tenantId }: PoolHoursQuery): Promise<StoredPoolHour[]> {
  const entries =
    tenantId === undefined
      ? poolHours.entries
      : sql<
          PoolEntry[]
        >`coalesce((select jsonb_agg(entry) from jsonb_array_elements(${poolHours.entries}) as entry where entry->>'t' = ${tenantId}), '[]'::jsonb)`;
  const rows = await store.run((db) =>
    db
      .select({ clusterId: poolHours.clusterId, minute: poolHours.minute, entries, cut: poolHours.cut })
      .from(poolHours)
      .where(
        and(
          gte(poolHours.minute, minuteOf(fromMs)),
          lt(poolHours.minute, Math.ceil(toMs / 60_000)),
          clusterId === undefined ? undefined : eq(poolHours.clusterId, clusterId),
        ),
      )
      .orderBy(asc(poolHours.minute), asc(poolHours.clusterId)),
  );
  return rows.map(({ minute, ...row }) => ({ ...row, atMs: minute * 60_000 }));
}
