import { and, eq, gt, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { OperationState } from "@/lib/domain/change/operation";
import { TELLING } from "@/lib/domain/change/unit-state";
import type { OperationCounts } from "@/lib/domain/views/changes";
import { changeOperations } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/** The place of an operation's state among those that say most of its unit, from 1. */
const rank = sql.raw(`array_position(array[${TELLING.map((state) => `'${state}'`).join(", ")}], state)`);

export interface UnitQuery {
  /** Only units that have come to this, each as a whole. */
  state?: OperationState;
  /** Only those behind this unit. */
  afterUnit?: string;
  limit: number;
}

export interface StoredUnitCounts {
  unit: string;
  counts: OperationCounts;
  /** Of its first operation that says something; failures speak before the rest. */
  message: string | null;
}

/** Units of a change in their order, each with what its operations have come to. */
export async function listUnits(store: StoreSession, changeId: number, query: UnitQuery): Promise<StoredUnitCounts[]> {
  const { changeId: change, unit, unitPosition, state, message, index } = changeOperations;
  const { state: as } = query;
  const chosen = as === undefined ? await range(store, changeId, query) : await positions(store, changeId, as, query);
  const rows = await store.run((db) =>
    db
      .select({
        unit,
        state,
        operations: sql<number>`count(*)::int`,
        message: sql<string | null>`(array_agg(${message} order by ${index}) filter (where ${message} is not null))[1]`,
      })
      .from(changeOperations)
      .where(and(eq(change, changeId), chosen))
      .groupBy(unitPosition, unit, state)
      .orderBy(unitPosition, sql`array_position(array['failed', 'conflict', 'unverified'], ${state})`, state),
  );
  const units = new Map<string, StoredUnitCounts>();
  for (const row of rows) {
    const of = units.get(row.unit) ?? { unit: row.unit, counts: {}, message: null };
    of.counts[row.state] = row.operations;
    of.message ??= row.message;
    units.set(row.unit, of);
  }
  return [...units.values()];
}

/** How many units have come to what, each as a whole. */
export async function countUnits(store: StoreSession, changeId: number): Promise<OperationCounts> {
  const { changeId: change, unitPosition } = changeOperations;
  const rows = await store.run((db) => {
    const units = db
      .select({ telling: sql<number>`min(${rank})`.as("telling") })
      .from(changeOperations)
      .where(eq(change, changeId))
      .groupBy(unitPosition)
      .as("units");
    return db.select({ telling: units.telling, units: sql<number>`count(*)::int` }).from(units).groupBy(units.telling);
  });
  const counts: OperationCounts = {};
  for (const { telling, units } of rows) {
    const state = TELLING[telling - 1];
    if (state !== undefined) counts[state] = units;
  }
  return counts;
}

/** Units are numbered without a gap, so the next ones need not be looked for. */
async function range(store: StoreSession, changeId: number, { afterUnit, limit }: UnitQuery): Promise<SQL | undefined> {
  const { unitPosition } = changeOperations;
  const after = await positionOf(store, changeId, afterUnit);
  return and(gt(unitPosition, after), lte(unitPosition, after + limit));
}

async function positions(store: StoreSession, changeId: number, as: OperationState, { afterUnit, limit }: UnitQuery): Promise<SQL> {
  const { changeId: change, unitPosition } = changeOperations;
  const after = await positionOf(store, changeId, afterUnit);
  const rows = await store.run((db) =>
    db
      .select({ position: unitPosition })
      .from(changeOperations)
      .where(and(eq(change, changeId), gt(unitPosition, after)))
      .groupBy(unitPosition)
      .having(eq(sql`min(${rank})`, TELLING.indexOf(as) + 1))
      .orderBy(unitPosition)
      .limit(limit),
  );
  const found = rows.map(({ position }) => position);
  return inArray(unitPosition, found);
}

/** -1, before all of them, without a unit or with one that the change does not have. */
async function positionOf(store: StoreSession, changeId: number, name: string | undefined): Promise<number> {
  if (name === undefined) return -1;
  const { changeId: change, unit, unitPosition } = changeOperations;
  const where = and(eq(change, changeId), eq(unit, name));
  const [row] = await store.run((db) => db.select({ position: unitPosition }).from(changeOperations).where(where).limit(1));
  return row?.position ?? -1;
}
