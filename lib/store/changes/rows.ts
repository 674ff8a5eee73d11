import { asc, desc, getTableColumns, type SQL, sql } from "drizzle-orm";
import { type changeOperations, changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import type { StoredChange, StoredChangeHead, StoredOperation } from "./types";

const { words: _words, ...columns } = getTableColumns(changes);
const { request: _request, consequences: _consequences, leftOut: _leftOut, ...headColumns } = columns;

interface Selection {
  order?: "newest" | "oldest";
  limit?: number;
}

/** Aliased by hand: in a selection of one table Drizzle writes its columns without the table, which here would be the inner one. */
const revertedBy = sql<number[]>`coalesce(
  (select jsonb_agg(later.id order by later.id) from ${changes} as later
    where later.reverts_id = "changes"."id" and later.counts ?| array['applied', 'unverified']), '[]')`;

const due = sql<boolean>`coalesce("changes"."brake_until" <= clock_timestamp(), false)`;

/** Changes with everything that is told of them but their operations. */
export async function selectChanges(session: StoreSession, where: SQL | undefined, selection: Selection = {}): Promise<StoredChange[]> {
  const rows = await session.run((db) => {
    const query = db
      .select({ ...columns, revertedBy, due })
      .from(changes)
      .where(where)
      .orderBy(orderOf(selection));
    return selection.limit === undefined ? query : query.limit(selection.limit);
  });
  return rows.map(withTexts);
}

/** The same without request and consequences, which of a change to ten thousand tenants are megabytes. */
export async function selectChangeHeads(
  session: StoreSession,
  where: SQL | undefined,
  selection: Selection = {},
): Promise<StoredChangeHead[]> {
  const rows = await session.run((db) => {
    const query = db
      .select({ ...headColumns, revertedBy, due })
      .from(changes)
      .where(where)
      .orderBy(orderOf(selection));
    return selection.limit === undefined ? query : query.limit(selection.limit);
  });
  return rows.map(withTexts);
}

function orderOf({ order = "newest" }: Selection): SQL {
  return order === "newest" ? desc(changes.id) : asc(changes.id);
}

type Times = Pick<typeof changes.$inferSelect, "at" | "brakeUntil" | "startedAt" | "finishedAt">;
type TimeTexts = Pick<StoredChange, keyof Times>;

function withTexts<T extends Times>(row: T): Omit<T, keyof Times> & TimeTexts {
  const { at, brakeUntil, startedAt, finishedAt, ...same } = row;
  return { ...same, at: at.toISOString(), brakeUntil: iso(brakeUntil), startedAt: iso(startedAt), finishedAt: iso(finishedAt) };
}

export function toOperation({ planned, index, state, message, at }: typeof changeOperations.$inferSelect): StoredOperation {
  return { ...planned, index, state, message, at: iso(at) };
}

function iso(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
