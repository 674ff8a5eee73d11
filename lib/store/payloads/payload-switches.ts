import { desc, eq } from "drizzle-orm";
import type { PayloadSwitch } from "@/lib/domain/records/payload-switch";
import { payloadSwitches } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/** Keeps that payloads of a cluster's records may be looked at, or no longer. What was kept before stays on record. */
export async function setPayloadSwitch(store: StoreSession, clusterId: string, { by, at, ...rest }: PayloadSwitch): Promise<void> {
  await store.run((db) => db.insert(payloadSwitches).values({ clusterId, actor: by, at: new Date(at), ...rest }));
}

/** What was ever kept for a cluster, the newest first: the first is in force, and without one nobody may look. */
export async function listPayloadSwitches(store: StoreSession, clusterId: string, limit: number): Promise<PayloadSwitch[]> {
  const rows = await store.run((db) =>
    db.select().from(payloadSwitches).where(eq(payloadSwitches.clusterId, clusterId)).orderBy(desc(payloadSwitches.id)).limit(limit),
  );
  return rows.map(({ allowed, actor, at, reason }) => ({ allowed, by: actor, at: at.toISOString(), reason }));
}
