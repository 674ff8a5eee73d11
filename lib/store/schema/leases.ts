import { integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** Who may do a thing until when, on the database's clock. A row is never deleted, so that its fence only grows. */
export const leases = pgTable("leases", {
  name: text().primaryKey(),
  /** null: given back. */
  holder: text(),
  fence: integer().notNull(),
  expiresAt: timestamp({ withTimezone: true }).notNull(),
});
