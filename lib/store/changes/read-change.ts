import { eq } from "drizzle-orm";
import { changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { selectChanges } from "./rows";
import type { StoredChange } from "./types";

/** null: there is no such change. */
export async function readChange(store: StoreSession, id: number): Promise<StoredChange | null> {
  const [change] = await selectChanges(store, eq(changes.id, id));
  return change ?? null;
}
