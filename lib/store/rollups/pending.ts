import { and, asc, eq, lte, sql } from "drizzle-orm";
import { rollupPending } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { bucketOf, type Span } from "./levels";

export interface PendingBucket {
  clusterId: string;
  span: Span;
  minute: number;
  touched: number;
}

/** Notes, with the rows themselves, that the buckets which hold `minute` have to be rolled up (again). */
export async function markPending(session: StoreSession, clusterId: string, minute: number): Promise<void> {
  const buckets = [5, 60].map((span) => ({ clusterId, spanMinutes: span, minute: bucketOf(minute, span), touched: 1 }));
  await session.run((db) =>
    db
      .insert(rollupPending)
      .values(buckets)
      .onConflictDoUpdate({
        target: [rollupPending.clusterId, rollupPending.spanMinutes, rollupPending.minute],
        set: { touched: sql`${rollupPending.touched} + 1` },
      }),
  );
}

/** The buckets of a cluster that are over at `nowMinute` and not rolled up, oldest first. */
export async function listPending(store: StoreSession, clusterId: string, span: Span, nowMinute: number): Promise<PendingBucket[]> {
  const rows = await store.run((db) =>
    db
      .select()
      .from(rollupPending)
      .where(and(eq(rollupPending.clusterId, clusterId), eq(rollupPending.spanMinutes, span), lte(rollupPending.minute, nowMinute - span)))
      .orderBy(asc(rollupPending.minute)),
  );
  return rows.map((row) => ({ clusterId, span, minute: row.minute, touched: row.touched }));
}

/** Takes the note away, unless rows came in since it was read. */
export async function clearPending(session: StoreSession, bucket: PendingBucket): Promise<void> {
  await session.run((db) =>
    db
      .delete(rollupPending)
      .where(
        and(
          eq(rollupPending.clusterId, bucket.clusterId),
          eq(rollupPending.spanMinutes, bucket.span),
          eq(rollupPending.minute, bucket.minute),
          eq(rollupPending.touched, bucket.touched),
        ),
      ),
  );
}
