import { and, eq, inArray, lt, or } from "drizzle-orm";
import { fenced } from "@/lib/store/leases/fenced";
import type { Fence } from "@/lib/store/leases/lease";
import { bucketOf, LEVELS, minuteOf } from "@/lib/store/rollups/levels";
import { type NoiseEntry, noiseLevels, poolHours } from "@/lib/store/schema";
import { upsertRows } from "@/lib/store/sql/upsert-rows";
import type { StoreSession } from "@/lib/store/store";
import { mergeEntries } from "./merge-entries";

/** Adds one reading of a cluster to the spans it falls into. Throws AppError `conflict` when the lease has passed on. */
export async function writeNoise(
  store: StoreSession,
  { clusterId, atMs, entries }: { clusterId: string; atMs: number; entries: readonly NoiseEntry[] },
  fence: Fence,
): Promise<void> {
  const minute = minuteOf(atMs);
  const spans = LEVELS.map(({ span }) => ({ span, minute: bucketOf(minute, span) }));
  await fenced(store, fence, (session) => addToSpans(session, clusterId, spans, entries));
}

/** Adds levels to spans of a cluster; of what is there already the worst stays. */
export async function addToSpans(
  session: StoreSession,
  clusterId: string,
  spans: readonly { span: number; minute: number }[],
  entries: readonly NoiseEntry[],
): Promise<void> {
  const known = await session.run((db) =>
    db
      .select()
      .from(noiseLevels)
      .where(
        and(
          eq(noiseLevels.clusterId, clusterId),
          or(...spans.map((one) => and(eq(noiseLevels.spanMinutes, one.span), inArray(noiseLevels.minute, [one.minute])))),
        ),
      ),
  );
  const rows = spans.map((one) => {
    const before = known.find((row) => row.spanMinutes === one.span);
    const merged = mergeEntries(before?.entries ?? [], entries);
    return { clusterId, spanMinutes: one.span, minute: one.minute, entries: merged.entries, cut: merged.cut || before?.cut === true };
  });
  await session.run((db) => db.execute(upsertRows(noiseLevels, ["clusterId", "spanMinutes", "minute"], rows)));
}

/** Forgets what is older than its span is kept: a day, two weeks, a year; hours of pools after a year. Answers how many rows went. */
export async function pruneNoise(store: StoreSession, now: Date): Promise<number> {
  let gone = 0;
  for (const { span, retentionMinutes } of LEVELS) {
    const before = minuteOf(now.getTime()) - retentionMinutes;
    const rows = await store.run((db) =>
      db
        .delete(noiseLevels)
        .where(and(eq(noiseLevels.spanMinutes, span), lt(noiseLevels.minute, before)))
        .returning({ minute: noiseLevels.minute }),
    );
    gone += rows.length;
  }
  const [, , { retentionMinutes }] = LEVELS;
  const hours = await store.run((db) =>
    db
      .delete(poolHours)
      .where(lt(poolHours.minute, minuteOf(now.getTime()) - retentionMinutes))
      .returning({ minute: poolHours.minute }),
  );
  return gone + hours.length;
}
