import { lt } from "drizzle-orm";
import { writtenMarks } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/** What was written on a cluster. */
export interface WrittenNote {
  clusterId: string;
  topics: readonly string[];
  quotas: boolean;
}

/** Whoever has not looked for so many reads everything on its clock by then. */
const KEPT = 1_000;

/** Tells the process that reads the cluster, whichever that is, what was written there. */
export async function noteWritten(store: StoreSession, { clusterId, topics, quotas }: WrittenNote): Promise<void> {
  const [row] = await store.run((db) =>
    db
      .insert(writtenMarks)
      .values({ clusterId, topics: [...topics], quotas })
      .returning({ id: writtenMarks.id }),
  );
  if (row !== undefined && row.id % 100 === 0) await store.run((db) => db.delete(writtenMarks).where(lt(writtenMarks.id, row.id - KEPT)));
}
