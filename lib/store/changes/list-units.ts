import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { OperationState } from "@/lib/domain/change/operation";
import type { OperationCounts } from "@/lib/domain/views/changes";
import { changeOperations } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

export interface UnitQuery {
  /** Only units that have an operation in one of these states. */
  states?: readonly OperationState[];
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
  const positions = await positionsOf(store, changeId, query);
  if (positions.length === 0) return [];
  const rows = await store.run((db) =>
    db
      .select({
        unit,
        position: unitPosition,
        state,
        operations: sql<number>`count(*)::int`,
        message: sql<string | null>`(array_agg(${message} order by ${index}) filter (where ${message} is not null))[1]`,
      })
      .from(changeOperations)
      .where(and(eq(change, changeId), inArray(unitPosition, positions)))
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

async function positionsOf(store: StoreSession, changeId: number, { states, afterUnit, limit }: UnitQuery): Promise<number[]> {
  const { changeId: change, unit, unitPosition, state } = changeOperations;
  const after = sql`(select max(${unitPosition}) from ${changeOperations} where ${change} = ${changeId} and ${unit} = ${afterUnit})`;
  const rows = await store.run((db) =>
    db
      .selectDistinct({ position: unitPosition })
      .from(changeOperations)
      .where(
        and(
          eq(change, changeId),
          states === undefined ? undefined : inArray(state, [...states]),
          afterUnit === undefined ? undefined : gt(unitPosition, after),
        ),
      )
      .orderBy(unitPosition)
      .limit(limit),
  );
  return rows.map(({ position }) => position);
}
