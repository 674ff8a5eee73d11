import { eq, inArray, sql } from "drizzle-orm";
import { changeOperations, changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { selectChanges, selectOperations } from "./rows";
import type { StoredChange, StoredOperation } from "./types";

export interface ActiveBrakeChange extends StoredChange {
  operations: StoredOperation[];
  /** Its end has come, by the database's clock. */
  due: boolean;
}

/**
 * Brakes that are in force, oldest first: something of them was written, and no revert has taken it back. A revert that came to an end
 * without writing everything takes back what it wrote, and what it found to be somebody else's value by then (`conflict`); while
 * anything is left, the brake is still in force.
 */
export async function activeBrakes(store: StoreSession): Promise<ActiveBrakeChange[]> {
  const { rows } = await store.run((db) =>
    db.execute<{ id: number; due: boolean }>(sql`
      select brake.id, coalesce(brake.brake_until <= clock_timestamp(), false) as due
      from changes as brake
      where brake.kind = 'brake' and brake.counts ?| array['applied', 'unverified']
        and not exists (
          select from changes as revert
          where revert.reverts_id = brake.id and revert.state in ('applied', 'unverified'))
        and exists (
          select from change_operations as written
          where written.change_id = brake.id and written.state in ('applied', 'unverified')
            and not exists (
              select from changes as revert join change_operations as taken on taken.change_id = revert.id
              where revert.reverts_id = brake.id and revert.finished_at is not null
                and taken.state in ('applied', 'unverified', 'conflict')
                and taken.planned -> 'target' = written.planned -> 'target'))`),
  );
  const due = new Map(rows.map((row) => [row.id, row.due]));
  if (due.size === 0) return [];
  const brakes: ActiveBrakeChange[] = [];
  for (const change of await selectChanges(store, inArray(changes.id, [...due.keys()]), { order: "oldest" })) {
    const operations = await selectOperations(store, eq(changeOperations.changeId, change.id));
    brakes.push({ ...change, operations, due: due.get(change.id) === true });
  }
  return brakes;
}
