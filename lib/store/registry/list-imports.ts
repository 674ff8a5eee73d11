import { desc } from "drizzle-orm";
import { type ImportCounts, importLog } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

export interface ImportEntry {
  at: Date;
  actor: string;
  sha256: string;
  counts: ImportCounts;
  /** Version of the registry after the import. */
  registryVersion: number;
}

/** The newest imports first. */
export async function listImports(store: StoreSession, limit: number): Promise<ImportEntry[]> {
  return store.run((db) =>
    db
      .select({
        at: importLog.at,
        actor: importLog.actor,
        sha256: importLog.sha256,
        counts: importLog.counts,
        registryVersion: importLog.registryVersion,
      })
      .from(importLog)
      .orderBy(desc(importLog.id))
      .limit(limit),
  );
}
