import { asc, desc, getTableColumns, type SQL, sql } from "drizzle-orm";
import { type changeOperations, changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import type { StoredChange, StoredOperation } from "./types";

const { words: _words, ...columns } = getTableColumns(changes);

/** Aliased by hand: in a selection of one table Drizzle writes its columns without the table, which here would be the inner one. */
const revertedBy = sql<number[]>`coalesce(
  (select jsonb_agg(later.id order by later.id) from ${changes} as later
    where later.reverts_id = "changes"."id" and later.counts ?| array['applied', 'unverified']), '[]')`;

const due = sql<boolean>`coalesce("changes"."brake_until" <= clock_timestamp(), false)`;

/** Changes with everything that is told of them but their operations. */
export async function selectChanges(
  session: StoreSession,
  where: SQL | undefined,
  { order = "newest", limit }: { order?: "newest" | "oldest"; limit?: number } = {},
): Promise<StoredChange[]> {
  const rows = await session.run(async (db) => {
    const query = db
      .select({ ...columns, revertedBy, due })
      .from(changes)
      .where(where)
      .orderBy(order === "newest" ? desc(changes.id) : asc(changes.id));
    return limit === undefined ? query : query.limit(limit);
  });
  return rows.map(toChange);
}

type ChangeRow = Omit<typeof changes.$inferSelect, "words"> & { revertedBy: number[]; due: boolean };

function toChange(row: ChangeRow): StoredChange {
  const { at, brakeUntil, startedAt, finishedAt, ...same } = row;
  return { ...same, at: at.toISOString(), brakeUntil: iso(brakeUntil), startedAt: iso(startedAt), finishedAt: iso(finishedAt) };
}

export function toOperation({ planned, index, state, message, at }: typeof changeOperations.$inferSelect): StoredOperation {
  return { ...planned, index, state, message, at: iso(at) };
}

function iso(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
