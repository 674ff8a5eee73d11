import { eq } from "drizzle-orm";
import { changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { selectChangeHeads, selectChanges } from "./rows";
import type { StoredChange, StoredChangeHead } from "./types";

/** null: there is no such change. */
export async function readChange(store: StoreSession, id: number): Promise<StoredChange | null> {
  const [change] = await selectChanges(store, eq(changes.id, id));
  return change ?? null;
}

/** The same without request and consequences, for whoever looks again and again. */
export async function readChangeHead(store: StoreSession, id: number): Promise<StoredChangeHead | null> {
  const [change] = await selectChangeHeads(store, eq(changes.id, id));
  return change ?? null;
}
