import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Pool, type PoolClient } from "pg";
import { AppError } from "@/lib/domain/errors";
import * as schema from "./schema";
import { createStore, type Database, type Store } from "./store";
import { translateError } from "./translate-error";

const CONNECT_TIMEOUT_MS = 5_000;
/** No statement of the console takes seconds; one that does is stuck. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** Any number that no other program locks in the same database. */
const MIGRATION_LOCK = 7_205_759_403;

/** Opens a pool on a PostgreSQL and brings its tables up to date. */
export async function openPostgres(
  databaseUrl: string,
  migrationsFolder: string,
  onBackgroundError: (error: Error) => void,
): Promise<Store> {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
    application_name: "tenant-console",
  });
  // A connection that breaks while no query runs on it ends the process, unless somebody listens: to the pool for those that lie in
  // it, to each for the time it is taken out. In the second case its next query fails and tells.
  pool.on("error", onBackgroundError);
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    await migrateLocked(pool, migrationsFolder);
  } catch (error) {
    await pool.end();
    throw translateError(error);
  }
  let closing: Promise<void> | undefined;
  return createStore({
    kind: "postgres",
    location: withoutPassword(databaseUrl),
    db: drizzle({ client: pool, schema, casing: "snake_case" }),
    transact: (work, config) => withClient(pool, (db) => db.transaction(work, config)),
    close() {
      closing ??= pool.end();
      return closing;
    },
  });
}

/** Two replicas that migrate at once fail on each other's tables, so the second waits for the first. */
async function migrateLocked(pool: Pool, migrationsFolder: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("set statement_timeout = '5min'");
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migrate(drizzle({ client, casing: "snake_case" }), { migrationsFolder });
  } finally {
    // Ends the connection, and the lock and the setting with it.
    client.release(true);
  }
}

/**
 * Drizzle's own transaction on a pool keeps the connection for ever when `begin` fails, so the connection is taken and given
 * back here; one that broke is not given back but ended.
 */
async function withClient<T>(pool: Pool, work: (db: Database) => Promise<T>): Promise<T> {
  const client: PoolClient = await pool.connect();
  let broken = false;
  try {
    return await work(drizzle({ client, schema, casing: "snake_case" }));
  } catch (error) {
    const meaning = translateError(error);
    broken = meaning instanceof AppError && meaning.code === "unavailable";
    throw error;
  } finally {
    client.release(broken);
  }
}

function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return "PostgreSQL";
  const { protocol, host, pathname } = new URL(databaseUrl);
  return `${protocol}//${host}${pathname}`;
}
