import { eq, sql } from "drizzle-orm";
import { registryVersion } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/**
 * Whoever alters declarations compares with what stands there first, and must not do so while another is about to change it: one waits
 * here until the other's transaction has ended.
 */
export async function lockRegistry(session: StoreSession): Promise<void> {
  await session.run((db) => db.select().from(registryVersion).for("update"));
}

/** To be called in the transaction that altered something. Answers the new version. */
export async function bumpRegistryVersion(session: StoreSession, now: Date): Promise<number> {
  const [row] = await session.run((db) =>
    db
      .update(registryVersion)
      .set({ version: sql`${registryVersion.version} + 1`, changedAt: now })
      .where(eq(registryVersion.id, 1))
      .returning({ version: registryVersion.version }),
  );
  return row?.version ?? 0;
}

/** Changes whenever something that is declared does: what a replica asks before it reads everything again. */
export async function readRegistryVersion(store: StoreSession): Promise<number> {
  const [row] = await store.run((db) => db.select({ version: registryVersion.version }).from(registryVersion));
  return row?.version ?? 0;
}
