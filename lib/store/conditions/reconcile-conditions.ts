import { isDeepStrictEqual } from "node:util";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { fenced } from "@/lib/store/leases/fenced";
import type { Fence } from "@/lib/store/leases/lease";
import { conditions } from "@/lib/store/schema";
import { recordset } from "@/lib/store/sql/upsert-rows";
import type { StoreSession } from "@/lib/store/store";
import type { ConditionScope, FoundCondition } from "./types";

type OpenRow = typeof conditions.$inferSelect;

/** Keys of the conditions that were opened and closed. */
export interface ReconciledConditions {
  opened: string[];
  closed: string[];
}

/**
 * Brings the open conditions of a scope in line with what was found: new ones open at their `since`, ongoing ones keep theirs and
 * take the newest words and evidence, those not found any more close at `now`. Only what was evaluated can close: nothing outside
 * the scope.
 * Throws AppError `conflict` when the lease has passed on, and a plain error for a finding outside the scope.
 */
export async function reconcileConditions(
  store: StoreSession,
  scope: ConditionScope,
  found: readonly FoundCondition[],
  now: Date,
  fence: Fence,
): Promise<ReconciledConditions> {
  for (const one of found) {
    if (one.clusterId !== scope.clusterId || !scope.rules.includes(one.rule) || scope.only?.includes(one.id) === false)
      throw new Error(`The condition ${one.id} is outside the scope.`);
  }
  return fenced(store, fence, async (session) => {
    const open = await readOpen(session, scope);
    const openByKey = new Map(open.map((row) => [row.key, row]));
    const foundKeys = new Set(found.map((one) => one.id));
    const fresh = [...new Map(found.map((one) => [one.id, one])).values()].filter((one) => !openByKey.has(one.id));
    const ended = open.filter((row) => !foundKeys.has(row.key));
    await openNew(session, fresh);
    await updateOngoing(session, found, openByKey);
    await closeEnded(session, ended, now);
    return { opened: fresh.map((one) => one.id), closed: ended.map((row) => row.key) };
  });
}

async function readOpen(session: StoreSession, { clusterId, rules, only }: ConditionScope): Promise<OpenRow[]> {
  if (rules.length === 0 || only?.length === 0) return [];
  const onCluster = clusterId === null ? isNull(conditions.clusterId) : eq(conditions.clusterId, clusterId);
  const judged = only === undefined ? undefined : inArray(conditions.key, [...only]);
  return session.run((db) =>
    db
      .select()
      .from(conditions)
      .where(and(isNull(conditions.until), onCluster, inArray(conditions.rule, [...rules]), judged)),
  );
}

async function openNew(session: StoreSession, fresh: readonly FoundCondition[]): Promise<void> {
  // A row has eleven parameters, a statement at most 65,535.
  for (let start = 0; start < fresh.length; start += 500) {
    const rows = fresh.slice(start, start + 500).map((one) => ({ key: one.id, ...wordsOf(one), since: new Date(one.since) }));
    await session.run((db) => db.insert(conditions).values(rows));
  }
}

async function updateOngoing(
  session: StoreSession,
  found: readonly FoundCondition[],
  openByKey: ReadonlyMap<string, OpenRow>,
): Promise<void> {
  const changed = found.flatMap((one) => {
    const row = openByKey.get(one.id);
    return row === undefined || isUnchanged(row, one) ? [] : [{ episode: row.episode, ...wordsOf(one) }];
  });
  const [first] = changed;
  if (first === undefined) return;
  await session.run((db) =>
    db.execute(sql`
      update ${conditions} as one
      set subject = given.subject, tenant_id = given."tenantId", severity = given.severity, label = given.label,
        sentence = given.sentence, evidence = given.evidence
      from ${recordset(conditions, Object.keys(first), changed)} where one.episode = given.episode`),
  );
}

async function closeEnded(session: StoreSession, ended: readonly OpenRow[], now: Date): Promise<void> {
  if (ended.length === 0) return;
  const episodes = ended.map((row) => row.episode);
  await session.run((db) => db.update(conditions).set({ until: now }).where(inArray(conditions.episode, episodes)));
}

function wordsOf({ rule, subject, tenantId, clusterId, severity, label, sentence, evidence }: FoundCondition) {
  return { rule, subject, tenantId, clusterId, severity, label, sentence, evidence };
}

function isUnchanged(row: OpenRow, found: FoundCondition): boolean {
  const { rule, subject, tenantId, clusterId, severity, label, sentence, evidence } = row;
  return isDeepStrictEqual({ rule, subject, tenantId, clusterId, severity, label, sentence, evidence }, wordsOf(found));
}
