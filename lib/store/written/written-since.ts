import { asc, gt, max } from "drizzle-orm";
import { writtenMarks } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import type { WrittenNote } from "./note-written";

export interface WrittenMark extends WrittenNote {
  /** Rises from mark to mark, though one with a lower id may come to be seen later than one with a higher. */
  id: number;
}

/** The marks with a higher id, oldest first. */
export async function writtenSince(store: StoreSession, id: number): Promise<WrittenMark[]> {
  return store.run((db) => db.select().from(writtenMarks).where(gt(writtenMarks.id, id)).orderBy(asc(writtenMarks.id)));
}

/** The id of the last mark; 0: there is none. */
export async function lastWritten(store: StoreSession): Promise<number> {
  const [row] = await store.run((db) => db.select({ id: max(writtenMarks.id) }).from(writtenMarks));
  return row?.id ?? 0;
}
