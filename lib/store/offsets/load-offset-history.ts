import { setImmediate as yieldToLoop } from "node:timers/promises";
import { and, asc, eq, gt } from "drizzle-orm";
import type { EndPoint } from "@/lib/domain/snapshot";
import { offsetHistory } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { unpackPoints } from "./pack-points";

const PAGE = 50;

/** The end offsets of the past as they were last saved, by topic and partition, oldest first. */
export async function loadOffsetHistory(store: StoreSession, clusterId: string): Promise<Map<string, EndPoint[][]>> {
  const history = new Map<string, EndPoint[][]>();
  for (let after = ""; ; ) {
    const last = after;
    const rows = await store.run((db) =>
      db
        .select({ topic: offsetHistory.topic, points: offsetHistory.points })
        .from(offsetHistory)
        .where(and(eq(offsetHistory.clusterId, clusterId), gt(offsetHistory.topic, last)))
        .orderBy(asc(offsetHistory.topic))
        .limit(PAGE),
    );
    for (const row of rows) history.set(row.topic, unpackPoints(row.points));
    const final = rows.at(-1);
    if (final === undefined || rows.length < PAGE) return history;
    after = final.topic;
    await yieldToLoop();
  }
}
