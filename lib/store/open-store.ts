import { findMigrationsFolder } from "./migrations-folder";
import { openPostgres } from "./open-postgres";
import type { Store } from "./store";

/** A folder for the embedded PGlite, a PostgreSQL, or a PGlite in memory that is gone when it is closed. */
export type StoreTarget = { dataDir: string } | { databaseUrl: string } | { memory: true };

export interface StoreOptions {
  /** Folder with the migrations; by default `lib/store/migrations` below the working directory. */
  migrationsDir?: string;
  /** Told of a failure that no caller is waiting for: a pooled connection that broke while idle. */
  onBackgroundError?: (error: Error) => void;
}

/**
 * Opens the store and brings its tables up to date. On PGlite the folder is this process's alone until `close()`; power loss (not
 * the death of the process) can lose the last writes there, because PGlite runs without fsync. On PostgreSQL any number of
 * processes may open the same database at once.
 *
 * Throws AppError `unavailable`: the folder belongs to a living process, the database cannot be reached, or there are no migrations.
 */
export async function openStore(target: StoreTarget, options: StoreOptions = {}): Promise<Store> {
  const migrationsFolder = findMigrationsFolder(options.migrationsDir);
  if ("databaseUrl" in target) {
    return openPostgres(target.databaseUrl, migrationsFolder, options.onBackgroundError ?? (() => undefined));
  }
  // Loaded only where it is used: the embedded database is large.
  const { openPglite } = await import("./open-pglite");
  return openPglite("dataDir" in target ? target.dataDir : null, migrationsFolder);
}
