import { and, count, desc, eq, gte, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import { AppError } from "@/lib/domain/errors";
import type { AuditEntry, AuditKind, AuditOutcome } from "@/lib/domain/people/audit";
import { auditEntries } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/** What an entry must fit, all of it. */
export interface AuditFilter {
  kind?: AuditKind;
  outcome?: AuditOutcome;
  /** A part of who, of what it was about, or of the operation's name. */
  words?: string;
  /** ISO times: `from` and later, before `to`. */
  from?: string;
  to?: string;
}

export interface StoredAuditEntry extends AuditEntry {
  id: number;
}

export interface AuditRows {
  rows: StoredAuditEntry[];
  total: number;
  nextCursor: string | null;
}

/**
 * A page of the audit, newest first. What was asked for and has come to something is there once, with what it came to. Throws AppError
 * `invalid` for something that is no cursor.
 */
export async function listAudit(
  store: StoreSession,
  filter: AuditFilter,
  page: { limit: number; cursor?: string | null },
): Promise<AuditRows> {
  const fits = and(filterOf(filter), isLast());
  const after = page.cursor === undefined || page.cursor === null ? undefined : lt(auditEntries.id, readCursor(page.cursor));
  const found = await store.run((db) =>
    db
      .select()
      .from(auditEntries)
      .where(and(fits, after))
      .orderBy(desc(auditEntries.id))
      .limit(page.limit + 1),
  );
  const [counted] = await store.run((db) => db.select({ total: count() }).from(auditEntries).where(fits));
  const rows = found.slice(0, page.limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = rows.at(-1);
  return { rows, total: counted?.total ?? 0, nextCursor: found.length > rows.length && last !== undefined ? String(last.id) : null };
}

/** Not an "asked" that something followed. */
function isLast(): SQL {
  return sql`(${auditEntries.outcome} <> 'asked' or not exists (
    select from audit_entries as later
    where later.correlation_id = ${auditEntries.correlationId} and later.action = ${auditEntries.action} and later.outcome <> 'asked'))`;
}

function filterOf({ kind, outcome, words, from, to }: AuditFilter): SQL | undefined {
  const pattern = words === undefined ? null : `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  return and(
    kind === undefined ? undefined : eq(auditEntries.kind, kind),
    outcome === undefined ? undefined : eq(auditEntries.outcome, outcome),
    pattern === null
      ? undefined
      : or(ilike(auditEntries.actor, pattern), ilike(auditEntries.subject, pattern), ilike(auditEntries.action, pattern)),
    from === undefined ? undefined : gte(auditEntries.at, new Date(from)),
    to === undefined ? undefined : lt(auditEntries.at, new Date(to)),
  );
}

function readCursor(cursor: string): number {
  const id = Number(cursor);
  if (Number.isSafeInteger(id) && id > 0 && id <= 2_147_483_647) return id;
  const message = "is not a cursor of this list";
  throw new AppError("invalid", `cursor: ${message}`, { details: [{ path: "cursor", message }] });
}
