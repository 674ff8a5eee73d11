import type { AuditEntry } from "@/lib/domain/people/audit";
import { auditEntries } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";

/** Adds a line to the audit. Nothing ever changes one or takes one away. */
export async function appendAudit(store: StoreSession, { at, ...entry }: AuditEntry): Promise<void> {
  await store.run((db) => db.insert(auditEntries).values({ ...entry, at: new Date(at) }));
}
