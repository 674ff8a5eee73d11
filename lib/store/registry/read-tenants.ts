import { setImmediate as yieldToLoop } from "node:timers/promises";
import { and, asc, gt, inArray, lte, type SQL } from "drizzle-orm";
import type { Placement } from "@/lib/domain/placement";
import type { Tenant } from "@/lib/domain/tenant";
import { placements, tenants } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { type TenantRow, toPlacement, toTenant } from "./rows";

/** Tenants in one statement: some ten milliseconds of the event loop, most of it to make objects of the rows. */
const PAGE = 1_000;

/** The tenants with these ids, those that there are, each with its placements in their order. */
export async function readTenantsById(session: StoreSession, ids: readonly string[]): Promise<Tenant[]> {
  if (ids.length === 0) return [];
  const rows = await session.run((db) =>
    db
      .select()
      .from(tenants)
      .where(inArray(tenants.id, [...ids])),
  );
  return withPlacements(session, rows, inArray(placements.tenantId, [...ids]));
}

/** All tenants in the order of their ids. Give it a transaction that sees one moment, because it reads in pages. */
export async function readAllTenants(session: StoreSession): Promise<Tenant[]> {
  const all: Tenant[] = [];
  for (let after = ""; ; ) {
    const start = after;
    const rows = await session.run((db) => db.select().from(tenants).where(gt(tenants.id, start)).orderBy(asc(tenants.id)).limit(PAGE));
    const last = rows.at(-1);
    if (last === undefined) return all;
    all.push(...(await withPlacements(session, rows, and(gt(placements.tenantId, start), lte(placements.tenantId, last.id)))));
    if (rows.length < PAGE) return all;
    after = last.id;
    await yieldToLoop();
  }
}

async function withPlacements(session: StoreSession, rows: readonly TenantRow[], placedWhere: SQL | undefined): Promise<Tenant[]> {
  const placed = await session.run((db) =>
    db.select().from(placements).where(placedWhere).orderBy(asc(placements.tenantId), asc(placements.position)),
  );
  const byTenant = new Map<string, Placement[]>();
  for (const row of placed) {
    const list = byTenant.get(row.tenantId);
    if (list === undefined) byTenant.set(row.tenantId, [toPlacement(row)]);
    else list.push(toPlacement(row));
  }
  return rows.map((row) => toTenant(row, byTenant.get(row.id) ?? []));
}
