import { inArray } from "drizzle-orm";
import { AppError } from "@/lib/domain/errors";
import { keepDeclared } from "@/lib/domain/keep-declared";
import { type ServicePrincipal, serviceKey } from "@/lib/domain/principal";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";
import { type ImportCounts, importLog, placements, servicePrincipals, tenants, tiers } from "@/lib/store/schema";
import { inChunks } from "@/lib/store/sql/in-chunks";
import { upsertRows } from "@/lib/store/sql/upsert-rows";
import type { StoreSession } from "@/lib/store/store";
import { addCounts, type Difference, diffByKey } from "./diff";
import { readTenantsById } from "./read-tenants";
import { refuseDuplicates } from "./refuse-duplicates";
import { bumpRegistryVersion, lockRegistry, readRegistryVersion } from "./registry-version";
import { fromPlacement, fromService, fromTenant, fromTier, toService, toTier } from "./rows";

/** What a file declares, already validated. */
export interface Declarations {
  tiers: readonly Tier[];
  tenants: readonly Tenant[];
  services: readonly ServicePrincipal[];
  /** SHA-256 of the file as it was sent, in hex; kept in the import log. */
  sha256: string;
}

/** Tenants in one statement: some ten milliseconds of PGlite's time in the event loop. */
const CHUNK = 250;

/**
 * Takes over what a file declares, all of it or nothing. What the file names is created or overwritten; what it does not name
 * stays: nothing is ever deleted. A tenant is one value with its placements, so the placements of a tenant named in the file
 * become exactly the file's list; only its overrides and who manages it stay where the file does not speak of them. The registry's version grows only if something changed; the import log gets its entry always.
 *
 * Returns how many of each kind were created, updated and unchanged. Throws AppError `invalid` with places for something declared
 * twice, for a tier that is neither in the file nor in the registry, and for text that PostgreSQL cannot hold.
 */
export async function importRegistry(store: StoreSession, declared: Declarations, actor: string, now: Date): Promise<ImportCounts> {
  refuseDuplicates(declared);
  return store.transaction(async (session) => {
    await lockRegistry(session);
    const counts: ImportCounts = { tiers: noCounts(), tenants: noCounts(), services: noCounts() };
    await importTiers(session, declared, counts);
    await refuseUnknownTiers(session, declared);
    await inChunks(declared.tenants, CHUNK, (chunk) => importTenants(session, chunk, counts));
    await importServices(session, declared, counts);
    const version = await versionAfter(session, counts, now);
    await session.run((db) => db.insert(importLog).values({ at: now, actor, sha256: declared.sha256, counts, registryVersion: version }));
    return counts;
  });
}

async function importTiers(session: StoreSession, declared: Declarations, counts: ImportCounts): Promise<void> {
  const current = (await session.run((db) => db.select().from(tiers))).map(toTier);
  const difference = diffByKey(current, declared.tiers, (tier) => tier.id);
  addCounts(counts.tiers, difference);
  const rows = changed(difference).map(fromTier);
  if (rows.length > 0) await session.run((db) => db.execute(upsertRows(tiers, ["id"], rows)));
}

async function refuseUnknownTiers(session: StoreSession, declared: Declarations): Promise<void> {
  const known = new Set((await session.run((db) => db.select({ id: tiers.id }).from(tiers))).map((tier) => tier.id));
  const details = declared.tenants.flatMap(({ tier }, index) =>
    known.has(tier) ? [] : [{ path: `tenants[${index}].tier`, message: `there is no tier "${tier}"` }],
  );
  if (details.length > 0) throw new AppError("invalid", "Some tenants are on tiers that do not exist.", { details });
}

async function importTenants(session: StoreSession, chunk: readonly Tenant[], counts: ImportCounts): Promise<void> {
  const current = await readTenantsById(
    session,
    chunk.map((tenant) => tenant.id),
  );
  const byId = new Map(current.map((tenant) => [tenant.id, tenant]));
  const declared = chunk.map((tenant) => keepDeclared(tenant, byId.get(tenant.id)));
  const difference = diffByKey(current, declared, (tenant) => tenant.id);
  addCounts(counts.tenants, difference);
  const written = changed(difference);
  if (written.length === 0) return;
  const placed = written.flatMap((tenant) => tenant.placements.map((placement, position) => fromPlacement(tenant.id, placement, position)));
  const replaced = difference.updated.map((tenant) => tenant.id);
  await session.run(async (db) => {
    await db.execute(upsertRows(tenants, ["id"], written.map(fromTenant)));
    if (replaced.length > 0) await db.delete(placements).where(inArray(placements.tenantId, replaced));
    if (placed.length > 0) await db.execute(upsertRows(placements, ["tenantId", "clusterId", "stream"], placed));
  });
}

async function importServices(session: StoreSession, declared: Declarations, counts: ImportCounts): Promise<void> {
  const current = (await session.run((db) => db.select().from(servicePrincipals))).map(toService);
  const difference = diffByKey(current, declared.services, serviceKey);
  addCounts(counts.services, difference);
  const rows = changed(difference).map(fromService);
  if (rows.length > 0) await session.run((db) => db.execute(upsertRows(servicePrincipals, ["clusterId", "kind", "name"], rows)));
}

async function versionAfter(session: StoreSession, counts: ImportCounts, now: Date): Promise<number> {
  const changes = [counts.tiers, counts.tenants, counts.services].reduce((sum, one) => sum + one.created + one.updated, 0);
  return changes > 0 ? bumpRegistryVersion(session, now) : readRegistryVersion(session);
}

function changed<T>(difference: Difference<T>): T[] {
  return [...difference.created, ...difference.updated];
}

function noCounts(): ImportCounts["tiers"] {
  return { created: 0, updated: 0, unchanged: 0 };
}
