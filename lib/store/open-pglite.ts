import { mkdir } from "node:fs/promises";
import path from "node:path";
import { PGlite, types } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { AppError } from "@/lib/domain/errors";
import { type FolderLock, lockFolder } from "./folder-lock";
import { initialiseFolder } from "./initialise-folder";
import * as schema from "./schema";
import { createStore, type Database, type Store } from "./store";

/**
 * A quarter of the default buffers costs a hundred megabytes less of WebAssembly memory, and the system's page cache holds what
 * they do not. The write-ahead log is kept short, because nothing but `maintainStore` ever checkpoints.
 */
const START_PARAMETERS = [...PGlite.defaultStartParams, "-c", "shared_buffers=32MB", "-c", "max_wal_size=128MB", "-c", "min_wal_size=32MB"];

/** PGlite's own way from and to bytes goes byte by byte, several times slower. */
const BYTES = {
  parsers: { [types.BYTEA]: (text: string) => Buffer.from(text.slice(2), "hex") },
  serializers: {
    [types.BYTEA]: (bytes: Uint8Array) => `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`,
  },
};

/** Opens PGlite in `dataDir`, or in memory (null), and brings its tables up to date. */
export async function openPglite(dataDir: string | null, migrationsFolder: string): Promise<Store> {
  const folder = dataDir === null ? null : path.resolve(dataDir);
  const lock = folder === null ? null : await claim(folder);
  let client: PGlite | undefined;
  try {
    const dataDir = folder === null ? {} : { dataDir: await initialiseFolder(folder) };
    client = await PGlite.create({ ...dataDir, startParams: START_PARAMETERS, parsers: BYTES.parsers, serializers: BYTES.serializers });
    const db = drizzle({ client, schema, casing: "snake_case" });
    await migrate(db, { migrationsFolder });
    return createPgliteStore(client, db, folder, lock);
  } catch (error) {
    await client?.close().catch(() => undefined);
    lock?.release();
    throw new AppError("unavailable", `The data in ${folder ?? "memory"} cannot be opened.`, { cause: error });
  }
}

function createPgliteStore(client: PGlite, db: Database, folder: string | null, lock: FolderLock | null): Store {
  let closing: Promise<void> | undefined;
  return createStore({
    kind: "pglite",
    location: folder ?? "memory",
    db,
    transact: (work, config) => db.transaction(work, config),
    close() {
      closing ??= client.close().finally(() => lock?.release());
      return closing;
    },
  });
}

async function claim(folder: string): Promise<FolderLock> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new AppError("unavailable", `The data folder ${folder} cannot be made.`, { cause: error });
  }
  return lockFolder(folder);
}
