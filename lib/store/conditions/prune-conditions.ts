import { and, isNotNull, lt } from "drizzle-orm";
import { conditions } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/** As long as the roll-ups' hours are kept. */
const KEPT_MS = 366 * 86_400_000;

/** Forgets conditions that ended more than a year ago; open ones stay, whatever their age. Answers how many went. */
export async function pruneConditions(store: StoreSession, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS);
  const gone = await store.run((db) =>
    db
      .delete(conditions)
      .where(and(isNotNull(conditions.until), lt(conditions.until, before)))
      .returning({ episode: conditions.episode }),
  );
  return gone.length;
}
