import { and, eq, isNull, sql } from "drizzle-orm";
import { AppError } from "@/lib/domain/errors";
import type { OperationCounts } from "@/lib/domain/views/changes";
import { changeOperations, changes } from "@/lib/store/schema";
import { inChunks } from "@/lib/store/sql/in-chunks";
import { recordset } from "@/lib/store/sql/upsert-rows";
import type { StoreSession } from "@/lib/store/store";
import type { OperationMark } from "./types";

/** Marks in one statement: some ten milliseconds of PGlite's time in the event loop. */
const CHUNK = 500;

type Moves = { before: keyof OperationCounts; after: keyof OperationCounts; operations: number }[];

/**
 * Marks operations and keeps the change's counts in line; the last mark of an operation counts. To be called in a transaction.
 * Throws AppError `conflict` when the change is finished.
 */
export async function writeMarks(session: StoreSession, changeId: number, marks: readonly OperationMark[]): Promise<void> {
  const last = [...new Map(marks.map((mark) => [mark.index, mark])).values()];
  if (last.length === 0) return;
  const counts = await lockCounts(session, changeId);
  await inChunks(last, CHUNK, async (chunk) => {
    const rows = chunk.map(({ index, state, message, at }) => ({ index, state, message: message ?? null, at }));
    // What the statement itself writes is not yet seen by its own reading: the state before.
    const { rows: moves } = await session.run((db) =>
      db.execute<Moves[number]>(sql`
        with given as (select * from ${recordset(changeOperations, ["index", "state", "message", "at"], rows)}),
          marked as (
            update ${changeOperations} as one set state = given.state, message = given.message, at = given.at
            from given where one.change_id = ${changeId} and one.index = given.index)
        select one.state as before, given.state as after, count(*)::int as operations
        from given join ${changeOperations} as one on one.change_id = ${changeId} and one.index = given.index
        group by one.state, given.state`),
    );
    const found = moves.reduce((sum, { operations }) => sum + operations, 0);
    if (found < chunk.length) throw new Error(`Change ${changeId} has fewer operations than were marked.`);
    move(counts, moves);
  });
  await session.run((db) => db.update(changes).set({ counts }).where(eq(changes.id, changeId)));
}

/** The row stays locked until the transaction ends, so that counts are never added up from two sides at once. */
export async function lockCounts(session: StoreSession, changeId: number): Promise<OperationCounts> {
  const [row] = await session.run((db) =>
    db
      .select({ counts: changes.counts })
      .from(changes)
      .where(and(eq(changes.id, changeId), isNull(changes.finishedAt)))
      .for("update"),
  );
  if (row === undefined) throw await notUnfinished(session, changeId);
  return row.counts;
}

/** Why a change cannot be gone on with: it is finished, or there is none. */
export async function notUnfinished(session: StoreSession, changeId: number): Promise<AppError> {
  const [row] = await session.run((db) => db.select({ state: changes.state }).from(changes).where(eq(changes.id, changeId)));
  if (row === undefined) return new AppError("not_found", `There is no change ${changeId}.`);
  return new AppError("conflict", `Change ${changeId} is finished (${row.state}); nothing of it can be changed any more.`);
}

function move(counts: OperationCounts, moves: Moves): void {
  for (const { before, after, operations } of moves) {
    const left = (counts[before] ?? 0) - operations;
    if (left > 0) counts[before] = left;
    else delete counts[before];
    counts[after] = (counts[after] ?? 0) + operations;
  }
}
