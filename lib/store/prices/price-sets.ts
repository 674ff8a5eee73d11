import { asc, desc, eq } from "drizzle-orm";
import type { PriceSet } from "@/lib/domain/cost/price-list";
import { bumpRegistryVersion, lockRegistry } from "@/lib/store/registry/registry-version";
import { priceSets } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/** Keeps what an operator sets for a region, in the place of what was set before; what was set before stays on record. */
export async function setPrices(store: StoreSession, { region, prices, by, at, reason }: PriceSet): Promise<void> {
  await store.transaction(async (session) => {
    await lockRegistry(session);
    await session.run((db) => db.insert(priceSets).values({ region, prices, actor: by, reason, at: new Date(at) }));
    await bumpRegistryVersion(session, new Date(at));
  });
}

/** What is in force, by region. */
export async function readPrices(session: StoreSession): Promise<PriceSet[]> {
  const rows = await session.run((db) =>
    db.selectDistinctOn([priceSets.region]).from(priceSets).orderBy(asc(priceSets.region), desc(priceSets.id)),
  );
  return rows.map(toPriceSet);
}

/** Everything that was ever set for a region, the newest first. */
export async function listPriceSets(store: StoreSession, region: string, limit: number): Promise<PriceSet[]> {
  const rows = await store.run((db) =>
    db.select().from(priceSets).where(eq(priceSets.region, region)).orderBy(desc(priceSets.id)).limit(limit),
  );
  return rows.map(toPriceSet);
}

function toPriceSet({ region, prices, actor, reason, at }: typeof priceSets.$inferSelect): PriceSet {
  return { region, prices, by: actor, at: at.toISOString(), reason };
}
