import { AsyncLocalStorage } from "node:async_hooks";
import type { PgDatabase, PgQueryResultHKT, PgTransactionConfig } from "drizzle-orm/pg-core";
import type * as schema from "./schema";
import { translateError } from "./translate-error";

/** `execute()` of either driver answers an object with `rows`. */
interface RowsResult extends PgQueryResultHKT {
  type: Rows<this["row"]>;
}

interface Rows<T> {
  rows: T[];
}

/** What both drivers are taken as. */
export type Database = PgDatabase<RowsResult, typeof schema>;

/** Where queries run: the open store itself, or one transaction of it. */
export interface StoreSession {
  readonly kind: "pglite" | "postgres";
  /**
   * Runs queries. The only way to the database, so that failures become an AppError in one place and a wrong handle is noticed:
   * inside a transaction its own session must be used (on PGlite the outer one would wait for ever), and not after its end.
   */
  run<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /** Runs `work` in a transaction, inside one in a savepoint. What `work` throws rolls it back. */
  transaction<T>(work: (session: StoreSession) => Promise<T>, config?: PgTransactionConfig): Promise<T>;
}

/** An open database. Close it before the process ends, so that a PGlite folder is free at once. */
export interface Store extends StoreSession {
  /** For messages: the folder, or the database's address without its password. */
  readonly location: string;
  close(): Promise<void>;
}

/** The database that an opener hands over: `transact` runs `work` on one connection between begin and commit. */
export interface Driver {
  kind: Store["kind"];
  location: string;
  db: Database;
  transact<T>(work: (tx: Database) => Promise<T>, config?: PgTransactionConfig): Promise<T>;
  close(): Promise<void>;
}

interface OpenTransaction {
  driver: Driver;
  open: boolean;
}

const running = new AsyncLocalStorage<OpenTransaction>();

export function createStore(driver: Driver): Store {
  function refuseInsideTransaction(): void {
    const current = running.getStore();
    if (current?.driver === driver && current.open) throw new Error("Inside a transaction the transaction's own session must be used.");
  }
  return {
    kind: driver.kind,
    location: driver.location,
    async run(work) {
      refuseInsideTransaction();
      return translated(() => work(driver.db));
    },
    async transaction(work, config) {
      refuseInsideTransaction();
      return translated(() => driver.transact((tx) => runTransaction(driver, tx, work), config));
    },
    close: () => driver.close(),
  };
}

async function runTransaction<T>(driver: Driver, tx: Database, work: (session: StoreSession) => Promise<T>): Promise<T> {
  const transaction: OpenTransaction = { driver, open: true };
  function refuseAfterEnd(): void {
    if (!transaction.open) throw new Error("This transaction has ended.");
  }
  const session: StoreSession = {
    kind: driver.kind,
    async run(query) {
      refuseAfterEnd();
      return translated(() => query(tx));
    },
    async transaction(inner) {
      refuseAfterEnd();
      return translated(() => tx.transaction((savepoint) => runTransaction(driver, savepoint, inner)));
    },
  };
  try {
    return await running.run(transaction, () => work(session));
  } finally {
    transaction.open = false;
  }
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translateError(error);
  }
}
