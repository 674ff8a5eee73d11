import { integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { Prices } from "@/lib/domain/cost/price-list";

/** What operators set instead of AWS's public prices: the newest row of a region is in force. Append-only, by a trigger of the migration. */
export const priceSets = pgTable("price_sets", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  region: text().notNull(),
  prices: jsonb().$type<Prices>().notNull(),
  actor: text().notNull(),
  reason: text().notNull(),
  at: timestamp({ withTimezone: true }).notNull(),
});
