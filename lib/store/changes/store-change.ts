import { eq, type SQL, sql } from "drizzle-orm";
import type { PgInsertValue } from "drizzle-orm/pg-core";
import { canonicalJson } from "@/lib/domain/change/canonical-json";
import { AppError } from "@/lib/domain/errors";
import { changeOperations, changeSubjects, changes } from "@/lib/store/schema";
import { inChunks } from "@/lib/store/sql/in-chunks";
import { insertRows, type JsonRow } from "@/lib/store/sql/upsert-rows";
import type { StoreSession } from "@/lib/store/store";
import { takeLocks } from "./locks";
import { selectChanges } from "./rows";
import { subjectsOf } from "./subjects";
import type { ChangeIntent, StoredChange } from "./types";
import { wordsOf } from "./words";

/** Rows in one statement: some ten milliseconds of PGlite's time in the event loop. */
const CHUNK = 500;
const TENANTS_SHOWN = 50;

/**
 * Keeps what is to be done, before anything is done: the change with its operations, all of it or nothing. A change of one unit takes
 * its resources until it is finished; rollouts, brakes and what takes a brake back take none, because nothing may stand in the way of an
 * urgent change.
 *
 * The same idempotency key with the same request and fingerprint answers the change that was stored first, with `created: false`.
 * Throws AppError `conflict` for the same key with another request, and where an unfinished change has a resource, naming it;
 * `invalid` for text that PostgreSQL cannot hold.
 */
export async function storeChange(store: StoreSession, intent: ChangeIntent): Promise<{ change: StoredChange; created: boolean }> {
  return store.transaction(async (session) => {
    const subjects = subjectsOf(intent);
    const units = new Map<string, number>();
    for (const { unit } of intent.operations) if (!units.has(unit)) units.set(unit, units.size);
    const id = await insertChange(session, intent, units.size, subjects);
    if (id === null) return { change: await sameChange(session, intent), created: false };
    await insertOperations(session, id, intent, units);
    await insertSubjects(session, id, subjects);
    if (units.size === 1 && !(await isOfBrake(session, intent))) {
      const targets = intent.operations.map(({ target }) => target);
      await takeLocks(session, id, targets);
    }
    return { change: await changeOf(session, eq(changes.id, id)), created: true };
  });
}

/** A brake, or what takes one back: nothing may stand in its way. */
async function isOfBrake(session: StoreSession, { kind, revertsId }: ChangeIntent): Promise<boolean> {
  if (kind === "brake" || kind === "brake-release") return true;
  return revertsId !== null && (await changeOf(session, eq(changes.id, revertsId))).kind === "brake";
}

/** null: the key is taken. Whoever stores under the same key at the same time is waited for. */
async function insertChange(
  session: StoreSession,
  { operations, at, brakeMinutes, ...same }: ChangeIntent,
  units: number,
  { tenantIds, clusterIds }: ReturnType<typeof subjectsOf>,
): Promise<number | null> {
  const row: PgInsertValue<typeof changes> = {
    ...same,
    at: new Date(at),
    brakeUntil: brakeMinutes === null ? null : endOfBrake(brakeMinutes),
    units,
    tenantCount: tenantIds.length,
    tenantIds: tenantIds.slice(0, TENANTS_SHOWN),
    clusterIds,
    words: wordsOf(same.title, same.reason),
    state: "waiting",
    wish: "go",
    stage: (same.rollout?.first ?? []).length > 0 ? "first" : "all",
    counts: operations.length === 0 ? {} : { pending: operations.length },
  };
  const [inserted] = await session.run((db) =>
    db.insert(changes).values(row).onConflictDoNothing({ target: changes.idempotencyKey }).returning({ id: changes.id }),
  );
  return inserted?.id ?? null;
}

/** By the clock that judges later whether it is over; that of this process may be another. */
function endOfBrake(minutes: number): SQL {
  return sql`clock_timestamp() + make_interval(secs => ${minutes * 60}::float8)`;
}

async function sameChange(session: StoreSession, { idempotencyKey, request, fingerprint }: ChangeIntent): Promise<StoredChange> {
  const first = await changeOf(session, eq(changes.idempotencyKey, idempotencyKey));
  const isSame = first.fingerprint === fingerprint && canonicalJson(first.request) === canonicalJson(request);
  if (!isSame) throw new AppError("conflict", `This idempotency key belongs to change ${first.id}, which is another one.`);
  return first;
}

async function changeOf(session: StoreSession, where: ReturnType<typeof eq>): Promise<StoredChange> {
  const [change] = await selectChanges(session, where);
  if (change === undefined) throw new Error("A change that was just there is gone.");
  return change;
}

async function insertOperations(
  session: StoreSession,
  changeId: number,
  { operations }: ChangeIntent,
  units: ReadonlyMap<string, number>,
): Promise<void> {
  await inChunks([...operations.entries()], CHUNK, async (chunk) => {
    const rows = chunk.map(([index, planned]): JsonRow<typeof changeOperations> => {
      const { unit } = planned;
      return { changeId, index, unit, unitPosition: units.get(unit) ?? 0, planned, state: "pending", message: null, at: null };
    });
    await session.run((db) => db.execute(insertRows(changeOperations, rows)));
  });
}

async function insertSubjects(
  session: StoreSession,
  changeId: number,
  { tenantIds, clusterIds }: ReturnType<typeof subjectsOf>,
): Promise<void> {
  const rows: JsonRow<typeof changeSubjects>[] = [
    ...tenantIds.map((subjectId) => ({ kind: "tenant" as const, subjectId, changeId })),
    ...clusterIds.map((subjectId) => ({ kind: "cluster" as const, subjectId, changeId })),
  ];
  await inChunks(rows, 2 * CHUNK, (chunk) => session.run(async (db) => void (await db.execute(insertRows(changeSubjects, chunk)))));
}
