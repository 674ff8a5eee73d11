import { eq } from "drizzle-orm";
import { changes } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { selectChanges } from "./rows";
import type { StoredChange } from "./types";

/** The change that was stored under an idempotency key; null: none was. */
export async function readChangeByKey(store: StoreSession, idempotencyKey: string): Promise<StoredChange | null> {
  const [change] = await selectChanges(store, eq(changes.idempotencyKey, idempotencyKey));
  return change ?? null;
}
