import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import type { AuditEntry } from "@/lib/domain/people/audit";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import type { Role } from "@/lib/domain/people/roles";

/** Who may sign in. Nobody is deleted: the record of changes names people. */
export const people = pgTable(
  "people",
  {
    id: text().primaryKey(),
    /** In lower case. */
    name: text().notNull(),
    role: text().$type<Role>().notNull(),
    limits: jsonb().$type<RoleLimits>(),
    /** scrypt with its parameters and salt; null: signs in by single sign-on only. */
    passwordHash: text(),
    /** Issuer and subject of single sign-on, with a space between. */
    ssoSubject: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    lastSignInAt: timestamp({ withTimezone: true }),
    disabledAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    uniqueIndex("people_name").on(table.name),
    uniqueIndex("people_sso_subject").on(table.ssoSubject).where(sql`${table.ssoSubject} is not null`),
  ],
);

/** A browser that is signed in. Of the token only its SHA-256 is kept. */
export const loginSessions = pgTable(
  "login_sessions",
  {
    id: text().primaryKey(),
    tokenHash: text().notNull(),
    personId: text()
      .notNull()
      .references(() => people.id),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    /** When the person last proved who they are, here or at their provider; null: not known. */
    provenAt: timestamp({ withTimezone: true }),
    lastSeenAt: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    endedAt: timestamp({ withTimezone: true }),
    method: text().$type<"password" | "link" | "sso">().notNull(),
    address: text().notNull(),
    userAgent: text(),
  },
  (table) => [uniqueIndex("login_sessions_token").on(table.tokenHash), index("login_sessions_person").on(table.personId, table.createdAt)],
);

/** A link that lets somebody in once: the first operator, somebody invited, or somebody who sets a new password. */
export const oneTimeLinks = pgTable(
  "one_time_links",
  {
    id: text().primaryKey(),
    tokenHash: text().notNull(),
    kind: text().$type<"first" | "invitation" | "reset">().notNull(),
    /** Whose password is set; null: a person is made. */
    personId: text().references(() => people.id),
    role: text().$type<Role>().notNull(),
    limits: jsonb().$type<RoleLimits>(),
    createdBy: text().notNull(),
    /** Whose name that is, which may change; null: nobody's of the people here. */
    createdById: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    usedAt: timestamp({ withTimezone: true }),
  },
  (table) => [uniqueIndex("one_time_links_token").on(table.tokenHash)],
);

/** What a script shows instead of a session. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    tokenHash: text().notNull(),
    role: text().$type<Role>().notNull(),
    limits: jsonb().$type<RoleLimits>(),
    createdBy: text().notNull(),
    /** Whose name that is, which may change; null: nobody's of the people here. */
    createdById: text(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    lastUsedAt: timestamp({ withTimezone: true }),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (table) => [uniqueIndex("api_tokens_token").on(table.tokenHash)],
);

/** Append-only: a trigger of the migration refuses everything but inserts. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp({ withTimezone: true }).notNull(),
    kind: text().$type<AuditEntry["kind"]>().notNull(),
    action: text().notNull(),
    subject: text(),
    outcome: text().$type<AuditEntry["outcome"]>().notNull(),
    code: text(),
    actorKind: text().$type<AuditEntry["actorKind"]>().notNull(),
    actorId: text(),
    actor: text().notNull(),
    role: text().$type<AuditEntry["role"]>().notNull(),
    address: text(),
    correlationId: text().notNull(),
  },
  (table) => [
    index("audit_entries_correlation").on(table.correlationId),
    index("audit_entries_kind").on(table.kind, table.id),
    index("audit_entries_actor").on(table.actor, table.id),
    index("audit_entries_at").on(table.at),
  ],
);
