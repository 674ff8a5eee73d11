import { and, asc, inArray, isNotNull, sql } from "drizzle-orm";
import { canonicalJson } from "@/lib/domain/change/canonical-json";
import { BRAKE_END } from "@/lib/domain/change/own-keys";
import { changeOperations, changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { selectChanges, toOperation } from "./rows";
import type { StoredChange, StoredOperation } from "./types";

export interface ActiveBrakeChange extends StoredChange {
  /** Of what was written, what nothing has taken back yet; and what was not written. */
  operations: StoredOperation[];
  /** The last change that was to take it back and could not take back everything, with the reason. */
  failedEnd?: { changeId: number; message: string };
  /** How often the console has asked for its end by itself. */
  ends: number;
}

/**
 * Brakes that are in force, oldest first: something of them was written, and no revert has taken it back. A revert that came to an end
 * without writing everything takes back what it wrote, and what it found to be somebody else's value by then (`conflict`); while
 * anything is left, the brake is still in force.
 */
export async function activeBrakes(store: StoreSession): Promise<ActiveBrakeChange[]> {
  const written = await writtenBrakes(store);
  if (written.size === 0) return [];
  const ids = [...written.keys()];
  const brakes = await selectChanges(store, inArray(changes.id, ids), { order: "oldest" });
  const reverts = await revertsOf(store, ids);
  const operations = await operationsOf(store, [...ids, ...reverts.keys()]);
  const taken = takenBack(reverts, operations);
  return brakes
    .map((brake): ActiveBrakeChange => {
      const left = (operations.get(brake.id) ?? []).filter((one) => !taken.has(targetKey(brake.id, one)));
      return { ...brake, operations: left, ends: written.get(brake.id) ?? 0, ...failedEndOf(brake.id, reverts) };
    })
    .filter((brake) => brake.operations.some(isWritten));
}

function failedEndOf(brakeId: number, reverts: ReadonlyMap<number, Revert>): Pick<ActiveBrakeChange, "failedEnd"> {
  const own = [...reverts].filter(([, revert]) => revert.brakeId === brakeId && revert.message !== null);
  const [changeId, last] = own.at(-1) ?? [];
  if (changeId === undefined || last === undefined || last.message === null) return {};
  return { failedEnd: { changeId, message: last.message } };
}

/** By id, how often its end was asked for: the brakes that wrote something and that no revert has taken back as a whole. */
async function writtenBrakes(store: StoreSession): Promise<Map<number, number>> {
  const { rows } = await store.run((db) =>
    db.execute<{ id: number; ends: number }>(sql`
      select brake.id, (
        select count(*)::int from ${changes} as attempt
        where attempt.reverts_id = brake.id and starts_with(attempt.idempotency_key, ${BRAKE_END})) as ends
      from ${changes} as brake
      where brake.kind = 'brake' and brake.counts ?| array['applied', 'unverified']
        and not exists (
          select from ${changes} as revert where revert.reverts_id = brake.id and revert.state in ('applied', 'unverified'))`),
  );
  return new Map(rows.map(({ id, ends }) => [id, ends]));
}

/** The finished changes that were to take these back, by id, with the brake of each. */
async function revertsOf(store: StoreSession, ids: readonly number[]): Promise<Map<number, Revert>> {
  const { id, message, revertsId, finishedAt } = changes;
  const rows = await store.run((db) =>
    db
      .select({ id, message, brakeId: sql<number>`${revertsId}` })
      .from(changes)
      .where(and(inArray(revertsId, [...ids]), isNotNull(finishedAt)))
      .orderBy(asc(id)),
  );
  return new Map(rows.map(({ id: revertId, ...revert }) => [revertId, revert]));
}

interface Revert {
  brakeId: number;
  message: string | null;
}

async function operationsOf(store: StoreSession, ids: readonly number[]): Promise<Map<number, StoredOperation[]>> {
  const { changeId, index } = changeOperations;
  const rows = await store.run((db) =>
    db
      .select()
      .from(changeOperations)
      .where(inArray(changeId, [...ids]))
      .orderBy(asc(changeId), asc(index)),
  );
  const grouped = Map.groupBy(rows, (row) => row.changeId);
  return new Map([...grouped].map(([id, of]) => [id, of.map(toOperation)]));
}

function takenBack(reverts: ReadonlyMap<number, Revert>, operations: ReadonlyMap<number, readonly StoredOperation[]>): Set<string> {
  const taken = new Set<string>();
  for (const [revertId, { brakeId }] of reverts) {
    for (const one of operations.get(revertId) ?? []) {
      if (isWritten(one) || one.state === "conflict") taken.add(targetKey(brakeId, one));
    }
  }
  return taken;
}

function isWritten({ state }: StoredOperation): boolean {
  return state === "applied" || state === "unverified";
}

function targetKey(brakeId: number, { target }: StoredOperation): string {
  return `${brakeId} ${canonicalJson(target)}`;
}
