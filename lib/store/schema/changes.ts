import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { ChangeState, OperationState, PlannedOperation } from "@/lib/domain/change/operation";
import type { Consequence, LeftOut } from "@/lib/domain/change/plan";
import type { ChangeRequest, RolloutOptions } from "@/lib/domain/change/request";
import type { OperationCounts } from "@/lib/domain/views/changes";
import { tsvector } from "./tsvector";

/** What a person wants of a change that is not finished; whoever carries it out looks here. */
export type ChangeWish = "go" | "pause" | "cancel";

/** `first`: a rollout that waits after its first tenants; `all`: nothing to wait for any more. */
export type ChangeStage = "first" | "all";

/**
 * Who changed what, when and why, and what it came to. Kept for ever. Triggers of the migration refuse any statement that names a
 * column of the intent, any change of a finished row, and deletion.
 */
export const changes = pgTable(
  "changes",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    kind: text().notNull(),
    title: text().notNull(),
    request: jsonb().$type<ChangeRequest>().notNull(),
    consequences: jsonb().$type<Consequence[]>().notNull(),
    leftOut: jsonb().$type<LeftOut[]>().notNull(),
    fingerprint: text().notNull(),
    actor: text().notNull(),
    reason: text(),
    correlationId: text().notNull(),
    idempotencyKey: text().notNull(),
    rollout: jsonb().$type<RolloutOptions>(),
    revertsId: integer().references((): AnyPgColumn => changes.id),
    brakeUntil: timestamp({ withTimezone: true }),
    at: timestamp({ withTimezone: true }).notNull(),
    /** How many units, in how many tenants; the ids are the first fifty, all of them in `change_subjects`. */
    units: integer().notNull(),
    tenantCount: integer().notNull(),
    tenantIds: jsonb().$type<string[]>().notNull(),
    clusterIds: jsonb().$type<string[]>().notNull(),
    /** Of title and reason, in lower case. */
    words: tsvector().notNull(),
    /* What follows is the outcome, and the only part that is updated. */
    state: text().$type<ChangeState>().notNull(),
    wish: text().$type<ChangeWish>().notNull(),
    stage: text().$type<ChangeStage>().notNull(),
    message: text(),
    startedAt: timestamp({ withTimezone: true }),
    finishedAt: timestamp({ withTimezone: true }),
    /** Operations by state; a state without one is absent. */
    counts: jsonb().$type<OperationCounts>().notNull(),
  },
  (table) => [
    uniqueIndex("changes_idempotency_key").on(table.idempotencyKey),
    index("changes_unfinished").on(table.id).where(sql`${table.finishedAt} is null`),
    index("changes_kind").on(table.kind, table.id),
    index("changes_state").on(table.state, table.id),
    index("changes_actor").on(table.actor, table.id),
    index("changes_at").on(table.at),
    index("changes_reverts").on(table.revertsId).where(sql`${table.revertsId} is not null`),
    index("changes_words").using("gin", table.words),
    check("changes_finished", sql`(${table.finishedAt} is null) = (${table.state} in ('waiting', 'running', 'paused', 'cancelling'))`),
  ],
);

/** What a change wrote or is to write, in its order. Of a finished change nothing is altered any more. */
export const changeOperations = pgTable(
  "change_operations",
  {
    changeId: integer().notNull(),
    index: integer().notNull(),
    unit: text().notNull(),
    /** Place of the unit among the change's units, from 0. */
    unitPosition: integer().notNull(),
    /** SQL reads a part of it only to count moves between tiers, so it is kept as the one value it was planned as. */
    planned: jsonb().$type<PlannedOperation>().notNull(),
    state: text().$type<OperationState>().notNull(),
    message: text(),
    at: timestamp({ withTimezone: true }),
  },
  (table) => [
    primaryKey({ columns: [table.changeId, table.index] }),
    foreignKey({ columns: [table.changeId], foreignColumns: [changes.id] }),
    index("change_operations_unit").on(table.changeId, table.unitPosition, table.index),
    index("change_operations_open").on(table.changeId, table.unitPosition).where(sql`${table.state} in ('pending', 'started')`),
  ],
);

/** Which tenants and clusters a change concerns: "changes of this tenant" in one range of the key, newest last. */
export const changeSubjects = pgTable(
  "change_subjects",
  {
    kind: text().$type<"tenant" | "cluster">().notNull(),
    subjectId: text().notNull(),
    changeId: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.subjectId, table.changeId] }),
    foreignKey({ columns: [table.changeId], foreignColumns: [changes.id] }),
  ],
);

/** Resources that an unfinished change of one unit has to itself. */
export const changeLocks = pgTable(
  "change_locks",
  {
    resource: text().primaryKey(),
    changeId: integer()
      .notNull()
      .references(() => changes.id),
  },
  (table) => [index("change_locks_change").on(table.changeId)],
);
