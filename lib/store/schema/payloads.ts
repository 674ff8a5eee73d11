import { boolean, index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/**
 * Whether payloads of a cluster's records may be looked at: the newest row of a cluster is in force, and without one they may not.
 * Append-only, by a trigger of the migration.
 */
export const payloadSwitches = pgTable(
  "payload_switches",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    clusterId: text().notNull(),
    allowed: boolean().notNull(),
    actor: text().notNull(),
    reason: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index("payload_switches_cluster").on(table.clusterId, table.id)],
);
