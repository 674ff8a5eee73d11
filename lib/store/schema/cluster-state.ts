import { integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import { bytea } from "./bytea";

/** The last snapshot of each cluster, packed. The migration sets the payload's storage to EXTERNAL: it is compressed already. */
export const snapshots = pgTable("snapshots", {
  clusterId: text().primaryKey(),
  version: integer().notNull(),
  at: timestamp({ withTimezone: true }).notNull(),
  /** Layout of the payload; a reader ignores layouts it does not know. */
  format: integer().notNull(),
  payload: bytea().notNull(),
});

/** End offsets at known times, per topic all partitions packed in one value. */
export const offsetHistory = pgTable(
  "offset_history",
  {
    clusterId: text().notNull(),
    topic: text().notNull(),
    savedAt: timestamp({ withTimezone: true }).notNull(),
    points: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.clusterId, table.topic] })],
);
