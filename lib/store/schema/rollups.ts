import { bigint, doublePrecision, index, integer, pgTable, primaryKey, real, smallint, text, unique } from "drizzle-orm/pg-core";

/** A number for each (tenant, cluster), so that a row of a roll-up carries four bytes instead of two names. */
export const rollupSeries = pgTable(
  "rollup_series",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    clusterId: text().notNull(),
    tenantId: text().notNull(),
    /** First minute ever written, in minutes since 1970. */
    sinceMinute: integer().notNull(),
  },
  (table) => [unique().on(table.clusterId, table.tenantId), index().on(table.tenantId)],
);

/**
 * Buckets whose finer rows changed since they were last rolled up. `touched` counts the writes, so that a roll-up which ran
 * while another row came in does not count as done.
 */
export const rollupPending = pgTable(
  "rollup_pending",
  {
    clusterId: text().notNull(),
    spanMinutes: smallint().notNull(),
    minute: integer().notNull(),
    touched: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.clusterId, table.spanMinutes, table.minute] })],
);

/*
 * The three tables below are range-partitioned by `minute`; the clause is written by hand into the migration, because
 * drizzle-kit has no word for it. Dropping a partition costs milliseconds and leaves nothing to vacuum, where deleting a
 * minute of each series once a minute would leave dead rows that nobody vacuums in PGlite.
 */

/** One minute of one tenant on one cluster. Arrays are aligned with `brokerIds`; one of a single element holds for every broker. */
export const rollupMinutes = pgTable(
  "rollup_minutes",
  {
    seriesId: integer().notNull(),
    /** Minutes since 1970. */
    minute: integer().notNull(),
    brokerIds: integer().array(),
    produceBytesPerSecond: real(),
    /** Bits of rollups/flags.ts. */
    produceFlags: smallint(),
    produceQuotaUse: real(),
    produceWorstBrokerId: integer(),
    produceRates: real().array().$type<(number | null)[]>(),
    produceQuotas: real().array().$type<(number | null)[]>(),
    produceThrottleMs: real().array().$type<(number | null)[]>(),
    consumeBytesPerSecond: real(),
    consumeFlags: smallint(),
    consumeQuotaUse: real(),
    consumeWorstBrokerId: integer(),
    consumeRates: real().array().$type<(number | null)[]>(),
    consumeQuotas: real().array().$type<(number | null)[]>(),
    consumeThrottleMs: real().array().$type<(number | null)[]>(),
    lagRecords: bigint({ mode: "number" }),
    lagMs: bigint({ mode: "number" }),
    /** 1: the objective was missed, 0: it was met, null: none or not known. */
    lagMissed: smallint(),
    storageBytes: bigint({ mode: "number" }),
  },
  (table) => [primaryKey({ columns: [table.seriesId, table.minute] })],
);

function summaryColumns() {
  return {
    seriesId: integer().notNull(),
    /** First minute of the bucket, in minutes since 1970. */
    minute: integer().notNull(),
    produceBytes: doublePrecision(),
    produceMaxBytesPerSecond: real(),
    produceMaxQuotaUse: real(),
    produceWorstBrokerId: integer(),
    produceMaxThrottleMs: real(),
    produceFlags: smallint(),
    /** Counts of minutes; the words are those of rollups/types.ts. */
    produceSeen: smallint(),
    produceLimited: smallint(),
    produceNear: smallint(),
    produceThrottleKnown: smallint(),
    produceThrottled: smallint(),
    produceBelowPromise: smallint(),
    producePromiseKnown: smallint(),
    produceAbovePromise: smallint(),
    /** Minutes by quota use, nine bins of seven bits each in a number; see rollups/histogram.ts. */
    produceHistogram0: bigint({ mode: "bigint" }),
    produceHistogram1: bigint({ mode: "bigint" }),
    produceHistogram2: bigint({ mode: "bigint" }),
    consumeBytes: doublePrecision(),
    consumeMaxBytesPerSecond: real(),
    consumeMaxQuotaUse: real(),
    consumeWorstBrokerId: integer(),
    consumeMaxThrottleMs: real(),
    consumeFlags: smallint(),
    consumeSeen: smallint(),
    consumeLimited: smallint(),
    consumeNear: smallint(),
    consumeThrottleKnown: smallint(),
    consumeThrottled: smallint(),
    consumeBelowPromise: smallint(),
    consumePromiseKnown: smallint(),
    consumeAbovePromise: smallint(),
    consumeHistogram0: bigint({ mode: "bigint" }),
    consumeHistogram1: bigint({ mode: "bigint" }),
    consumeHistogram2: bigint({ mode: "bigint" }),
    lagSeen: smallint(),
    lagJudged: smallint(),
    lagMissed: smallint(),
    lagMaxRecords: bigint({ mode: "number" }),
    lagMaxMs: bigint({ mode: "number" }),
    /** The last known in the bucket. */
    storageBytes: bigint({ mode: "number" }),
  };
}

export const rollupFiveMinutes = pgTable("rollup_five_minutes", summaryColumns(), (table) => [
  primaryKey({ columns: [table.seriesId, table.minute] }),
]);

export const rollupHours = pgTable("rollup_hours", summaryColumns(), (table) => [primaryKey({ columns: [table.seriesId, table.minute] })]);
