import { boolean, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";

/** What a process wrote on a cluster that another one reads, which is told by this to read it anew. Old ones are dropped. */
export const writtenMarks = pgTable("written_marks", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  clusterId: text().notNull(),
  /** Topics whose configuration or partitions were written. */
  topics: jsonb().$type<string[]>().notNull(),
  quotas: boolean().notNull(),
});
