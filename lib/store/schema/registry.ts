import { boolean, doublePrecision, foreignKey, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { Override } from "@/lib/domain/override";
import type { Placement } from "@/lib/domain/placement";
import type { ServicePrincipal } from "@/lib/domain/principal";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";

/** What a tier promises. Nothing in SQL reads a part of the promise, so it is kept as the one value it is declared as. */
export const tiers = pgTable("tiers", {
  id: text().primaryKey(),
  name: text().notNull(),
  model: text().$type<Tier["model"]>().notNull(),
  promise: jsonb().$type<Omit<Tier, "id" | "name" | "model" | "archived">>().notNull(),
  archived: boolean().notNull().default(false),
});

export const tenants = pgTable("tenants", {
  id: text().primaryKey(),
  name: text().notNull(),
  tierId: text()
    .notNull()
    .references(() => tiers.id),
  requirements: jsonb().$type<NonNullable<Tenant["requirements"]>>(),
  /** In the order in which they were declared; null: none. */
  overrides: jsonb().$type<Override[]>(),
  managedElsewhere: text(),
});

export const placements = pgTable(
  "placements",
  {
    tenantId: text().notNull(),
    clusterId: text().notNull(),
    stream: text().notNull(),
    /** Place in the tenant's own list, from 0. */
    position: integer().notNull(),
    model: text().$type<Placement["model"]>().notNull(),
    topics: jsonb().$type<Placement["topics"]>().notNull(),
    groups: jsonb().$type<Placement["groups"]>().notNull(),
    principals: jsonb().$type<Placement["principals"]>().notNull(),
    clientIds: jsonb().$type<Placement["clientIds"]>().notNull(),
    record: jsonb().$type<NonNullable<Placement["record"]>>(),
    recordValue: text(),
    reported: jsonb().$type<NonNullable<Placement["reported"]>>(),
    share: doublePrecision(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.clusterId, table.stream] }),
    foreignKey({ columns: [table.tenantId], foreignColumns: [tenants.id] }),
  ],
);

export const servicePrincipals = pgTable(
  "service_principals",
  {
    clusterId: text().notNull(),
    kind: text().$type<ServicePrincipal["principal"]["kind"]>().notNull(),
    name: text().notNull(),
    role: text().$type<ServicePrincipal["role"]>().notNull(),
    note: text(),
  },
  (table) => [primaryKey({ columns: [table.clusterId, table.kind, table.name] })],
);

/** One row. Its lock also puts imports one after the other. */
export const registryVersion = pgTable("registry_version", {
  id: integer().primaryKey(),
  version: integer().notNull(),
  changedAt: timestamp({ withTimezone: true }).notNull(),
});

export interface KindCounts {
  created: number;
  updated: number;
  unchanged: number;
}

export interface ImportCounts {
  tiers: KindCounts;
  tenants: KindCounts;
  services: KindCounts;
}

/** Append-only: a trigger of the migration refuses everything but inserts. */
export const importLog = pgTable("import_log", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  at: timestamp({ withTimezone: true }).notNull(),
  actor: text().notNull(),
  sha256: text().notNull(),
  counts: jsonb().$type<ImportCounts>().notNull(),
  /** Version of the registry after the import. */
  registryVersion: integer().notNull(),
});
