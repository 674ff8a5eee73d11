import { asc } from "drizzle-orm";
import type { Registry } from "@/lib/domain/registry";
import { readPrices } from "@/lib/store/prices/price-sets";
import { servicePrincipals, tiers } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { readAllTenants } from "./read-tenants";
import { readRegistryVersion } from "./registry-version";
import { toService, toTier } from "./rows";

/** Everything that was declared, as of one moment. 50,000 tenants take about a second, in pieces between which the event loop runs. */
export async function readRegistry(store: StoreSession): Promise<Registry> {
  return store.transaction(
    async (session) => ({
      version: await readRegistryVersion(session),
      tiers: (await session.run((db) => db.select().from(tiers).orderBy(asc(tiers.id)))).map(toTier),
      tenants: await readAllTenants(session),
      services: (
        await session.run((db) =>
          db.select().from(servicePrincipals).orderBy(asc(servicePrincipals.clusterId), asc(servicePrincipals.name)),
        )
      ).map(toService),
      ...(await pricesSet(session)),
    }),
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

async function pricesSet(session: StoreSession): Promise<Pick<Registry, "prices">> {
  const prices = await readPrices(session);
  return prices.length === 0 ? {} : { prices };
}
