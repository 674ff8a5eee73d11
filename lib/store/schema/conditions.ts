import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import type { Evidence, Severity } from "@/lib/domain/views/common";

/** Everything that is or was so, one row an episode. While `until` is null it still is, and there is one such row per `key`. */
export const conditions = pgTable(
  "conditions",
  {
    episode: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** The condition's id in the domain: the same for each episode of the same rule on the same subject. */
    key: text().notNull(),
    rule: text().notNull(),
    subject: text().notNull(),
    tenantId: text(),
    clusterId: text(),
    severity: text().$type<Severity>().notNull(),
    label: text().notNull(),
    sentence: text().notNull(),
    evidence: jsonb().$type<Evidence>().notNull(),
    since: timestamp({ withTimezone: true }).notNull(),
    until: timestamp({ withTimezone: true }),
    acknowledgedBy: text(),
    acknowledgedUntil: timestamp({ withTimezone: true }),
    acknowledgedReason: text(),
  },
  (table) => [uniqueIndex("conditions_open").on(table.key).where(sql`${table.until} is null`), index("conditions_until").on(table.until)],
);
