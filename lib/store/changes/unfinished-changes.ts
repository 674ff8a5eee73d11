import { isNull } from "drizzle-orm";
import { changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { selectChangeHeads } from "./rows";
import type { StoredChangeHead } from "./types";

/** Changes that are waiting, running, paused or being cancelled, oldest first: what a runner goes on with, also after a restart. */
export async function unfinishedChanges(store: StoreSession): Promise<StoredChangeHead[]> {
  return selectChangeHeads(store, isNull(changes.finishedAt), { order: "oldest" });
}
