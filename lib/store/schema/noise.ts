import { boolean, integer, jsonb, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";

/** In place of a broker: what a tenant of a pool took of the whole cluster in an hour. */
export const POOL_BROKER = -1;

/** One tenant's worst level of one resource in a span: tenant, index of the resource, broker, times its entitlement (null: more than it can be), share, index of the verdict. */
export type NoiseEntry = [tenantId: string, resource: number, brokerId: number, times: number | null, share: number, verdict: number];

/** How loud the tenants of a cluster were in a span of one minute, five minutes or an hour; the loudest two hundred of them. */
export const noiseLevels = pgTable(
  "noise_levels",
  {
    clusterId: text().notNull(),
    spanMinutes: smallint().notNull(),
    /** First minute of the span, in minutes since 1970. */
    minute: integer().notNull(),
    entries: jsonb().$type<NoiseEntry[]>().notNull(),
    /** There were more than are kept. */
    cut: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.clusterId, table.spanMinutes, table.minute] })],
);
