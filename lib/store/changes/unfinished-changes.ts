import { isNull } from "drizzle-orm";
import { changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { selectChanges } from "./rows";
import type { StoredChange } from "./types";

/** Changes that are waiting, running, paused or being cancelled, oldest first: what a runner goes on with, also after a restart. */
export async function unfinishedChanges(store: StoreSession): Promise<StoredChange[]> {
  return selectChanges(store, isNull(changes.finishedAt), { order: "oldest" });
}
