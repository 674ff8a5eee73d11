import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { changeOperations, changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import type { ChangeFilter } from "./list-changes";

/** So many tenants went from one tier to another. */
export interface TierMove {
  from: string;
  to: string;
  tenants: number;
}

interface MovesOf extends Pick<ChangeFilter, "within"> {
  fromMs: number;
  toMs: number;
}

/** What changes that were asked for in a time moved between tiers, the most first; who went and came back is in both. */
export async function tierMoves(store: StoreSession, { fromMs, toMs, within }: MovesOf): Promise<TierMove[]> {
  const before = sql<string>`${changeOperations.planned}->>'before'`;
  const after = sql<string>`${changeOperations.planned}->>'after'`;
  const tenantId = sql<string>`${changeOperations.planned}->'target'->>'tenantId'`;
  const tenants = sql<number>`count(distinct ${tenantId})::int`;
  const rows = await store.run((db) =>
    db
      .select({ before, after, tenants })
      .from(changeOperations)
      .innerJoin(changes, eq(changes.id, changeOperations.changeId))
      .where(
        and(
          gte(changes.at, new Date(fromMs)),
          lt(changes.at, new Date(toMs)),
          eq(changeOperations.state, "applied"),
          sql`${changeOperations.planned}->'target'->>'kind' = 'tenant-tier'`,
          within === undefined ? undefined : inArray(tenantId, within.tenantIds),
        ),
      )
      .groupBy(before, after)
      .orderBy(sql`3 desc, 1, 2`),
  );
  // Declarations are JSON in canonical form.
  return rows.map((row) => ({ from: String(JSON.parse(row.before)), to: String(JSON.parse(row.after)), tenants: row.tenants }));
}
