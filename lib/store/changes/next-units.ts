import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { changeOperations } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { toOperation } from "./rows";
import type { StoredUnit } from "./types";

/**
 * The next units of a change that have pending or started operations, in their order, each with all of its operations: those that
 * are done already too. `only`: of these units.
 */
export async function nextUnits(
  store: StoreSession,
  changeId: number,
  { count, only }: { count: number; only?: readonly string[] },
): Promise<StoredUnit[]> {
  const { changeId: change, unit, unitPosition, state } = changeOperations;
  const open = await store.run((db) =>
    db
      .selectDistinct({ position: unitPosition })
      .from(changeOperations)
      .where(and(eq(change, changeId), sql`${state} in ('pending', 'started')`, only === undefined ? undefined : inArray(unit, [...only])))
      .orderBy(unitPosition)
      .limit(count),
  );
  if (open.length === 0) return [];
  const positions = open.map(({ position }) => position);
  const rows = await store.run((db) =>
    db
      .select()
      .from(changeOperations)
      .where(and(eq(change, changeId), inArray(unitPosition, positions)))
      .orderBy(asc(unitPosition), asc(changeOperations.index)),
  );
  const units = new Map<string, StoredUnit>();
  for (const operation of rows.map(toOperation)) {
    const of = units.get(operation.unit);
    if (of === undefined) units.set(operation.unit, { unit: operation.unit, operations: [operation] });
    else of.operations.push(operation);
  }
  return [...units.values()];
}
