import { asc } from "drizzle-orm";
import type { Registry } from "@/lib/domain/registry";
import { registryVersion, servicePrincipals, tiers } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { readAllTenants } from "./read-tenants";
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
    }),
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

/** Changes with every import that changed something: what a replica asks before it reads everything again. */
export async function readRegistryVersion(store: StoreSession): Promise<number> {
  const [row] = await store.run((db) => db.select({ version: registryVersion.version }).from(registryVersion));
  return row?.version ?? 0;
}
