import { and, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { ConditionView } from "@/lib/domain/views/common";
import { conditions } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

type Acknowledgement = NonNullable<ConditionView["acknowledged"]>;

/**
 * Notes on the open episode of a condition that somebody has seen it, in the place of what was noted before; null takes the note away.
 * Answers false when the condition is not open: it has ended, or has not been written down yet. The next episode begins without.
 */
export async function acknowledgeCondition(store: StoreSession, id: string, seen: Acknowledgement | null): Promise<boolean> {
  const rows = await store.run((db) =>
    db
      .update(conditions)
      .set({
        acknowledgedBy: seen?.by ?? null,
        acknowledgedUntil: seen === null ? null : new Date(seen.until),
        acknowledgedReason: seen?.reason ?? null,
      })
      .where(and(eq(conditions.key, id), isNull(conditions.until)))
      .returning({ episode: conditions.episode }),
  );
  return rows.length > 0;
}

/** By the condition's id, of open conditions only: who has seen it, until when, and why. What has run out is left out. */
export async function readAcknowledgements(store: StoreSession, now: Date): Promise<Map<string, Acknowledgement>> {
  const rows = await store.run((db) =>
    db
      .select({
        id: conditions.key,
        by: conditions.acknowledgedBy,
        until: conditions.acknowledgedUntil,
        reason: sql<string>`coalesce(${conditions.acknowledgedReason}, '')`,
      })
      .from(conditions)
      .where(and(isNull(conditions.until), isNotNull(conditions.acknowledgedBy), gt(conditions.acknowledgedUntil, now))),
  );
  return new Map(
    rows.flatMap(({ id, by, until, reason }) => (by === null || until === null ? [] : [[id, { by, until: until.toISOString(), reason }]])),
  );
}
