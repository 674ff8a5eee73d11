import { eq, sql } from "drizzle-orm";
import { rollupSeries } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/** The number of each tenant's series on a cluster, by tenant; those that have none get one. */
export async function ensureSeries(
  store: StoreSession,
  clusterId: string,
  tenantIds: readonly string[],
  minute: number,
): Promise<Map<string, number>> {
  const known = await readSeries(store, clusterId);
  const missing = tenantIds.filter((id) => !known.has(id));
  if (missing.length === 0) return known;
  const names = JSON.stringify(missing);
  await store.run((db) =>
    db.execute(sql`
      insert into ${rollupSeries} (cluster_id, tenant_id, since_minute)
      select ${clusterId}, id, ${minute}::int from jsonb_array_elements_text(${names}::jsonb) as id
      on conflict do nothing`),
  );
  return readSeries(store, clusterId);
}

/** In one row: making an object of each of ten thousand rows would hold up everything else. */
export async function readSeries(store: StoreSession, clusterId: string): Promise<Map<string, number>> {
  const pairs = sql<
    [tenantId: string, id: number][]
  >`coalesce(json_agg(json_build_array(${rollupSeries.tenantId}, ${rollupSeries.id})), '[]')`;
  const [row] = await store.run((db) => db.select({ pairs }).from(rollupSeries).where(eq(rollupSeries.clusterId, clusterId)));
  return new Map(row?.pairs);
}
