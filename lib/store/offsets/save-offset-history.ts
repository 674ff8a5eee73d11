import { and, eq, lt } from "drizzle-orm";
import type { EndPoint } from "@/lib/domain/snapshot";
import { fenced } from "@/lib/store/leases/fenced";
import type { Fence } from "@/lib/store/leases/lease";
import { offsetHistory } from "@/lib/store/schema";
import { inChunks } from "@/lib/store/sql/in-chunks";
import { hexBytes, upsertRows } from "@/lib/store/sql/upsert-rows";
import type { StoreSession } from "@/lib/store/store";
import { packPoints } from "./pack-points";

/** Topics in one statement: to pack their points takes ten to twenty milliseconds of the event loop. */
const CHUNK = 50;
/** A topic that was not saved for this long is gone. */
const FORGET_AFTER_MS = 30 * 24 * 60 * 60_000;

/**
 * Keeps the end offsets of the past of these topics: per partition some points, oldest first. Topics that are not given keep what
 * was saved (a broker that is away says nothing about them) and are forgotten after a month.
 * Throws AppError `conflict` when the lease has passed on.
 */
export async function saveOffsetHistory(
  store: StoreSession,
  clusterId: string,
  history: ReadonlyMap<string, readonly (readonly EndPoint[])[]>,
  fence: Fence,
  now: Date,
): Promise<void> {
  const savedAt = now.toISOString();
  await inChunks([...history], CHUNK, async (chunk) => {
    const rows = chunk.map(([topic, partitions]) => ({ clusterId, topic, savedAt, points: hexBytes(packPoints(partitions)) }));
    await fenced(store, fence, (session) => session.run((db) => db.execute(upsertRows(offsetHistory, ["clusterId", "topic"], rows))));
  });
  const gone = and(eq(offsetHistory.clusterId, clusterId), lt(offsetHistory.savedAt, new Date(now.getTime() - FORGET_AFTER_MS)));
  await fenced(store, fence, (session) => session.run((db) => db.delete(offsetHistory).where(gone)));
}
