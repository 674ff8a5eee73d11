import { and, eq } from "drizzle-orm";
import { type ChangeState, isFinished } from "@/lib/domain/change/operation";
import { fenced } from "@/lib/store/leases/fenced";
import type { Fence } from "@/lib/store/leases/lease";
import { type ChangeStage, changeOperations, changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { giveLocksBack } from "./locks";
import { lockCounts, writeMarks } from "./write-marks";

export interface ChangeProgress {
  state: ChangeState;
  /** Why it stands still or what went wrong; null: nothing to say. */
  message: string | null;
  /** ISO times; those that are absent stay as they are. A state that is final needs `finishedAt`. */
  startedAt?: string;
  finishedAt?: string;
  stage?: ChangeStage;
}

/**
 * Says where a change stands. With a final state its resources are free for others, and operations that were never begun become
 * `not-attempted`; from then on nothing of it can be changed. Throws AppError `conflict` when the lease has passed on or the change is
 * finished already, `not_found` when there is no such change, and a plain error for an end while an operation is `started`: what became
 * of it must be found out first.
 */
export async function setChangeState(store: StoreSession, fence: Fence, changeId: number, progress: ChangeProgress): Promise<void> {
  const { state, message, startedAt, finishedAt, stage } = progress;
  if (isFinished(state) !== (finishedAt !== undefined)) throw new Error("A change has a time of its end exactly when it is finished.");
  await fenced(store, fence, async (session) => {
    const counts = await lockCounts(session, changeId);
    if (finishedAt !== undefined) {
      if ((counts.started ?? 0) > 0) throw new Error(`Change ${changeId} cannot end: ${counts.started} of its operations are under way.`);
      if ((counts.pending ?? 0) > 0) await skipPending(session, changeId, finishedAt);
      await giveLocksBack(session, changeId);
    }
    await session.run((db) =>
      db
        .update(changes)
        .set({
          state,
          message,
          ...(startedAt === undefined ? {} : { startedAt: new Date(startedAt) }),
          ...(finishedAt === undefined ? {} : { finishedAt: new Date(finishedAt) }),
          ...(stage === undefined ? {} : { stage }),
        })
        .where(eq(changes.id, changeId)),
    );
  });
}

async function skipPending(session: StoreSession, changeId: number, at: string): Promise<void> {
  const pending = await session.run((db) =>
    db
      .select({ index: changeOperations.index })
      .from(changeOperations)
      .where(and(eq(changeOperations.changeId, changeId), eq(changeOperations.state, "pending"))),
  );
  const marks = pending.map(({ index }) => ({ index, state: "not-attempted" as const, at }));
  await writeMarks(session, changeId, marks);
}
