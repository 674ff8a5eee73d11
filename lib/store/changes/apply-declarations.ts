import { and, count, eq, inArray } from "drizzle-orm";
import { type Declared, declareOperation, isDeclaration } from "@/lib/domain/change/declare";
import { fenced } from "@/lib/store/leases/fenced";
import type { Fence } from "@/lib/store/leases/lease";
import { readTenantsById } from "@/lib/store/registry/read-tenants";
import { bumpRegistryVersion, lockRegistry } from "@/lib/store/registry/registry-version";
import { fromTenant, fromTier, toTier } from "@/lib/store/registry/rows";
import { changeOperations, tenants, tiers } from "@/lib/store/schema";
import { upsertRows } from "@/lib/store/sql/upsert-rows";
import type { StoreSession } from "@/lib/store/store";
import type { OperationMark, StoredOperation } from "./types";
import { writeMarks } from "./write-marks";

/**
 * Carries out operations on the console's own declarations and marks them, in one transaction: each is carried out exactly once,
 * whenever the process ends. Where a declaration is not what the operation has as `before`, or forbids it, the operation is marked as a
 * conflict with a sentence of what stands there, and the others go on. The registry's version grows if anything was altered.
 *
 * Returns the marks of these operations in their order; one that was marked before gives that mark and is not carried out again.
 * Throws AppError `conflict` when the lease has passed on or the change is finished.
 */
export async function applyDeclarations(
  store: StoreSession,
  fence: Fence,
  changeId: number,
  operations: readonly StoredOperation[],
  at: string,
): Promise<OperationMark[]> {
  return fenced(store, fence, async (session) => {
    // Imports and other changes alter declarations too; they wait for each other here.
    await lockRegistry(session);
    const marked = await readMarks(session, changeId, operations);
    const declared = await readDeclared(session, operations);
    const fresh: OperationMark[] = [];
    const marks = operations.map((operation): OperationMark => {
      const before = marked.get(operation.index);
      if (before !== undefined) return before;
      const mark = carryOut(declared, operation, at);
      fresh.push(mark);
      return mark;
    });
    await writeDeclared(session, declared);
    await writeMarks(session, changeId, fresh);
    if (declared.altered.tenants.size + declared.altered.tiers.size > 0) await bumpRegistryVersion(session, new Date(at));
    return marks;
  });
}

function carryOut(declared: Declared, { index, target, before, after }: StoredOperation, at: string): OperationMark {
  if (!isDeclaration(target)) throw new Error(`Operation ${index} writes to a cluster, not to the declarations.`);
  const conflict = declareOperation(declared, target, { before, after });
  return { index, state: conflict === null ? "applied" : "conflict", message: conflict, at };
}

/** Of those that are neither pending nor started. */
async function readMarks(
  session: StoreSession,
  changeId: number,
  operations: readonly StoredOperation[],
): Promise<Map<number, OperationMark>> {
  const indexes = operations.map(({ index }) => index);
  const { index, state, message, at } = changeOperations;
  const rows = await session.run((db) =>
    db
      .select({ index, state, message, at })
      .from(changeOperations)
      .where(and(eq(changeOperations.changeId, changeId), inArray(index, indexes))),
  );
  return new Map(
    rows.flatMap((row) =>
      row.at === null || row.state === "pending" || row.state === "started"
        ? []
        : [[row.index, { index: row.index, state: row.state, message: row.message, at: row.at.toISOString() }]],
    ),
  );
}

async function readDeclared(session: StoreSession, operations: readonly StoredOperation[]): Promise<Declared> {
  const ids = new Set(operations.flatMap(({ target }) => ("tenantId" in target ? [target.tenantId] : [])));
  const named = await readTenantsById(session, [...ids]);
  const all = await session.run((db) => db.select().from(tiers));
  const onTier = operations.some(({ target, after }) => target.kind === "tier" && after === null)
    ? await session.run((db) => db.select({ id: tenants.tierId, tenants: count() }).from(tenants).groupBy(tenants.tierId))
    : [];
  return {
    tenants: new Map(named.map((tenant) => [tenant.id, tenant])),
    tiers: new Map(all.map((row) => [row.id, toTier(row)])),
    tenantsOnTier: new Map(onTier.map(({ id, tenants: on }) => [id, on])),
    altered: { tenants: new Set(), tiers: new Set() },
  };
}

async function writeDeclared(session: StoreSession, { tenants: byId, tiers: tiersById, altered }: Declared): Promise<void> {
  const tenantRows = [...altered.tenants].flatMap((id) => byId.get(id) ?? []).map(fromTenant);
  const tierRows = [...altered.tiers].flatMap((id) => tiersById.get(id) ?? []).map(fromTier);
  const deleted = [...altered.tiers].filter((id) => !tiersById.has(id));
  await session.run(async (db) => {
    if (tierRows.length > 0) await db.execute(upsertRows(tiers, ["id"], tierRows));
    if (tenantRows.length > 0) await db.execute(upsertRows(tenants, ["id"], tenantRows));
    if (deleted.length > 0) await db.delete(tiers).where(inArray(tiers.id, deleted));
  });
}
