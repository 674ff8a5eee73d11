import { sql } from "drizzle-orm";
import type { StoreSession } from "@/lib/store/store";
import { bucketOf, type Level } from "./levels";

/** Any number that no other program locks in the same database. */
const PARTITION_LOCK = 7_205_759_404;

const made = new WeakMap<StoreSession, Set<string>>();

/** Makes the partition that takes `minute`, unless this process knows that it is there. */
export async function ensurePartition(store: StoreSession, level: Level, minute: number): Promise<void> {
  const start = bucketOf(minute, level.partitionMinutes);
  const name = `${level.tableName}_${start}`;
  const known = made.get(store) ?? new Set();
  made.set(store, known);
  if (known.has(name)) return;
  await store.transaction(async (session) => {
    await session.run(async (db) => {
      if (await exists(session, name)) return;
      await db.execute(sql`select pg_advisory_xact_lock(${PARTITION_LOCK}::bigint)`);
      const bounds = sql.raw(`from (${start}) to (${start + level.partitionMinutes})`);
      await db.execute(
        sql`create table if not exists ${sql.identifier(name)} partition of ${sql.identifier(level.tableName)} for values ${bounds}`,
      );
    });
  });
  known.add(name);
}

/** Drops the partitions that end at or before `endMinute`, and says how many. */
export async function dropPartitions(store: StoreSession, level: Level, endMinute: number): Promise<number> {
  const names = await listPartitions(store, level);
  const ended = names.filter((name) => Number(name.slice(level.tableName.length + 1)) + level.partitionMinutes <= endMinute);
  for (const name of ended) {
    await store.transaction(async (session) => {
      await session.run(async (db) => {
        // A reader that holds the table for long is not waited for: the next turn drops what this one could not.
        await db.execute(sql`set local lock_timeout = '5s'`);
        await db.execute(sql`drop table if exists ${sql.identifier(name)}`);
      });
    });
    made.get(store)?.delete(name);
  }
  return ended.length;
}

async function listPartitions(store: StoreSession, level: Level): Promise<string[]> {
  const { rows } = await store.run((db) =>
    db.execute<{ name: string }>(
      sql`select relid::regclass::text as name from pg_partition_tree(${level.tableName}::regclass) where isleaf and level = 1`,
    ),
  );
  return rows.map((row) => row.name);
}

async function exists(session: StoreSession, name: string): Promise<boolean> {
  const { rows } = await session.run((db) => db.execute<{ found: boolean }>(sql`select to_regclass(${name}) is not null as found`));
  return rows[0]?.found === true;
}
