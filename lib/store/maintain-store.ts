import { setImmediate as yieldToLoop } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { StoreSession } from "./store";

/**
 * What PostgreSQL does in the background and PGlite, which has no background, does not: vacuums the tables that have dead rows,
 * one after the other, and writes a checkpoint, so that the write-ahead log can be used again. To be called every few minutes:
 * the longer the pause, the longer the stall. Does nothing on PostgreSQL. Partitions of roll-ups are left out: their rows are
 * hardly ever overwritten, and they go as a whole.
 */
export async function maintainStore(store: StoreSession): Promise<void> {
  if (store.kind !== "pglite") return;
  const { rows } = await store.run((db) =>
    db.execute<{ name: string }>(sql`
      select tables.oid::regclass::text as name
      from pg_stat_user_tables as stats join pg_class as tables on tables.oid = stats.relid
      where stats.n_dead_tup > 0 and not tables.relispartition`),
  );
  for (const { name } of rows) {
    await store.run((db) => db.execute(sql`vacuum (analyze) ${sql.raw(name)}`));
    await yieldToLoop();
  }
  await store.run((db) => db.execute(sql`checkpoint`));
}
