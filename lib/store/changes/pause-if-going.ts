import { and, eq, isNull } from "drizzle-orm";
import { changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/**
 * Notes for whoever carries a change out that it is to pause, unless a person wishes something else by now: a wish to cancel stays.
 * false: it is not wished to go on, or it is finished.
 */
export async function pauseIfGoing(store: StoreSession, changeId: number): Promise<boolean> {
  const noted = await store.run((db) =>
    db
      .update(changes)
      .set({ wish: "pause" })
      .where(and(eq(changes.id, changeId), eq(changes.wish, "go"), isNull(changes.finishedAt)))
      .returning({ id: changes.id }),
  );
  return noted.length > 0;
}
