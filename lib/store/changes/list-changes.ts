import { and, count, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { ChangeState } from "@/lib/domain/change/operation";
import { AppError } from "@/lib/domain/errors";
import { changeSubjects, changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { selectChangeHeads } from "./rows";
import type { StoredChangeHead } from "./types";
import { wordsQuery } from "./words";

/** What a change must fit, all of it; an absent part fits every change. */
export interface ChangeFilter {
  tenantId?: string;
  clusterId?: string;
  kind?: string;
  /** One of these. */
  states?: readonly ChangeState[];
  actor?: string;
  /** Beginnings of words of the title and the reason; all of them must be there. */
  words?: string;
  /** ISO times at which it was asked for: `from` and later, before `to`. */
  from?: string;
  to?: string;
  /** Concerns these and nobody else; with `tenantsOnly` at least one of the tenants. */
  within?: { tenantIds: readonly string[]; clusterIds: readonly string[]; tenantsOnly: boolean };
}

export interface ChangeRows {
  rows: StoredChangeHead[];
  /** How many changes fit the filter, on all pages. */
  total: number;
  /** For the next page; null: this is the last. */
  nextCursor: string | null;
}

/**
 * A page of the record of changes, newest first. The cursor is the place of the last row, so that no change is missed or seen twice
 * while new ones come. Throws AppError `invalid` for something that is no cursor.
 */
export async function listChanges(
  store: StoreSession,
  filter: ChangeFilter,
  page: { limit: number; cursor?: string | null },
): Promise<ChangeRows> {
  const fits = filterOf(filter);
  const after = page.cursor === undefined || page.cursor === null ? undefined : lt(changes.id, readCursor(page.cursor));
  const found = await selectChangeHeads(store, and(fits, after), { limit: page.limit + 1 });
  const [counted] = await store.run((db) => db.select({ total: count() }).from(changes).where(fits));
  const rows = found.slice(0, page.limit);
  const last = rows.at(-1);
  return { rows, total: counted?.total ?? 0, nextCursor: found.length > rows.length && last !== undefined ? String(last.id) : null };
}

function filterOf({ tenantId, clusterId, kind, states, actor, words, from, to, within }: ChangeFilter): SQL | undefined {
  const query = words === undefined ? null : wordsQuery(words);
  return and(
    tenantId === undefined ? undefined : about("tenant", tenantId),
    clusterId === undefined ? undefined : about("cluster", clusterId),
    kind === undefined ? undefined : eq(changes.kind, kind),
    states === undefined ? undefined : inArray(changes.state, [...states]),
    actor === undefined ? undefined : eq(changes.actor, actor),
    query === null ? undefined : sql`${changes.words} @@ ${query}::tsquery`,
    from === undefined ? undefined : gte(changes.at, new Date(from)),
    to === undefined ? undefined : lt(changes.at, new Date(to)),
    within === undefined ? undefined : withinOnly(within),
  );
}

function about(kind: "tenant" | "cluster", id: string): SQL {
  return sql`${changes.id} in (
    select ${changeSubjects.changeId} from ${changeSubjects} where ${changeSubjects.kind} = ${kind} and ${changeSubjects.subjectId} = ${id})`;
}

function withinOnly({ tenantIds, clusterIds, tenantsOnly }: NonNullable<ChangeFilter["within"]>): SQL | undefined {
  const known = (kind: string, ids: readonly string[]) =>
    sql`(${changeSubjects.kind} = ${kind} and not (${changeSubjects.subjectId} = any(${sql.param(ids)}::text[])))`;
  const outside = sql`${changes.id} not in (
    select ${changeSubjects.changeId} from ${changeSubjects} where ${known("tenant", tenantIds)} or ${known("cluster", clusterIds)})`;
  const concerning = sql`${changes.id} in (select ${changeSubjects.changeId} from ${changeSubjects} where ${changeSubjects.kind} = 'tenant')`;
  return tenantsOnly ? and(outside, concerning) : outside;
}

function readCursor(cursor: string): number {
  const id = Number(cursor);
  if (Number.isSafeInteger(id) && id > 0 && id <= 2_147_483_647) return id;
  const message = "is not a cursor of this list";
  throw new AppError("invalid", `cursor: ${message}`, { details: [{ path: "cursor", message }] });
}
