import { and, eq, isNull } from "drizzle-orm";
import { type ChangeWish, changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { readChange } from "./read-change";
import type { StoredChange } from "./types";
import { notUnfinished } from "./write-marks";

/**
 * Notes what a person wants of a change; any process may, whoever carries it out sees it. Throws AppError `conflict` when the change
 * is finished, `not_found` when there is none.
 */
export async function setWish(store: StoreSession, changeId: number, wish: ChangeWish): Promise<StoredChange> {
  const noted = await store.run((db) =>
    db
      .update(changes)
      .set({ wish })
      .where(and(eq(changes.id, changeId), isNull(changes.finishedAt)))
      .returning({ id: changes.id }),
  );
  const change = noted.length === 0 ? null : await readChange(store, changeId);
  if (change === null) throw await notUnfinished(store, changeId);
  return change;
}
