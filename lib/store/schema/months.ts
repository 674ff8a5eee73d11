import { index, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { MonthUse } from "@/lib/domain/usage/month";

/**
 * What a contract is held against, by tenant and month, written once when the month has ended. Append-only, by a trigger of the
 * migration: a correction is a new row with its reason, and the newest is in force.
 */
export const usageMonths = pgTable(
  "usage_months",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    tenantId: text().notNull(),
    month: text().notNull(),
    use: jsonb().$type<MonthUse>().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    /** null: closed by the console itself. */
    actor: text(),
    reason: text(),
  },
  (table) => [index("usage_months_month").on(table.month, table.tenantId), index("usage_months_tenant").on(table.tenantId, table.month)],
);
