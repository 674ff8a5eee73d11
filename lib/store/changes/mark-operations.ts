import { fenced } from "@/lib/store/leases/fenced";
import type { Fence } from "@/lib/store/leases/lease";
import type { StoreSession } from "@/lib/store/store";
import type { OperationMark } from "./types";
import { writeMarks } from "./write-marks";

/**
 * Writes what operations have come to, hundreds in one statement, all of it or nothing. Throws AppError `conflict` when the lease has
 * passed on or the change is finished, `not_found` when there is no such change.
 */
export async function markOperations(store: StoreSession, fence: Fence, changeId: number, marks: readonly OperationMark[]): Promise<void> {
  await fenced(store, fence, (session) => writeMarks(session, changeId, marks));
}
