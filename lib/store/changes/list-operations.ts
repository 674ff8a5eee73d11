import { and, asc, eq, gt } from "drizzle-orm";
import type { OperationState } from "@/lib/domain/change/operation";
import { changeOperations } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { toOperation } from "./rows";
import type { StoredOperation } from "./types";

export interface OperationQuery {
  state?: OperationState;
  unit?: string;
  /** Only those behind this one. */
  afterIndex?: number;
  limit: number;
}

/** Operations of a change in their order; none where there is no such change. */
export async function listOperations(store: StoreSession, changeId: number, query: OperationQuery): Promise<StoredOperation[]> {
  const { state, unit, afterIndex, limit } = query;
  const where = and(
    eq(changeOperations.changeId, changeId),
    state === undefined ? undefined : eq(changeOperations.state, state),
    unit === undefined ? undefined : eq(changeOperations.unit, unit),
    afterIndex === undefined ? undefined : gt(changeOperations.index, afterIndex),
  );
  const rows = await store.run((db) => db.select().from(changeOperations).where(where).orderBy(asc(changeOperations.index)).limit(limit));
  return rows.map(toOperation);
}
