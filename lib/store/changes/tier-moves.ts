import { and, eq, gte, lt, sql } from "drizzle-orm";
import { changeOperations, changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/** So many tenants went from one tier to another. */
export interface TierMove {
  from: string;
  to: string;
  tenants: number;
}

/** What changes that were asked for in a time moved between tiers, the most first; who went and came back is in both. */
export async function tierMoves(store: StoreSession, { fromMs, toMs }: { fromMs: number; toMs: number }): Promise<TierMove[]> {
  const before = sql<string>`${changeOperations.planned}->>'before'`;
  const after = sql<string>`${changeOperations.planned}->>'after'`;
  const tenants = sql<number>`count(distinct ${changeOperations.planned}->'target'->>'tenantId')::int`;
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
        ),
      )
      .groupBy(before, after)
      .orderBy(sql`3 desc, 1, 2`),
  );
  // Declarations are JSON in canonical form.
  return rows.map((row) => ({ from: String(JSON.parse(row.before)), to: String(JSON.parse(row.after)), tenants: row.tenants }));
}
