import { boolean, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/** The order in which the numbers of an entry count. */
export const POOL_SOURCES = ["estimated", "reported"] as const;
export const POOL_PROMISES = ["above", "within", "unknown", "none"] as const;

/** What a tenant of a pool took in an hour. Intervals are lower end, value and upper end. */
export interface PoolEntry {
  /** Tenant. */
  t: string;
  /** Index of the resource: bytes in, bytes out. */
  r: number;
  /** Index of POOL_SOURCES. */
  s: number;
  /** Bytes per second. */
  b: [number, number, number];
  /** Part of what the cluster took, 0 to 1. */
  p: [number, number, number];
  /** What it is entitled to of that; null: nothing is promised. */
  e: number | null;
  /** Its list promise in bytes per second. */
  l: number | null;
  /** Index of POOL_PROMISES. */
  h: number;
  /** Index of the verdict. */
  v: number;
  /** Why it cannot be told whether it is above its promise. */
  w?: string;
}

/** What the tenants of a cluster's pools took in an hour of UTC. */
export const poolHours = pgTable(
  "pool_hours",
  {
    clusterId: text().notNull(),
    /** First minute of the hour, in minutes since 1970. */
    minute: integer().notNull(),
    entries: jsonb().$type<PoolEntry[]>().notNull(),
    /** There were more than are kept. */
    cut: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.clusterId, table.minute] })],
);
