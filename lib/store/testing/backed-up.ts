import { appendAudit } from "@/lib/store/audit/append-audit";
import { listAudit } from "@/lib/store/audit/list-audit";
import { listPeople } from "@/lib/store/people/read-people";
import { createPerson } from "@/lib/store/people/write-people";
import type { Store } from "@/lib/store/store";

const AT = new Date("2026-03-01T00:00:00Z");

/** Something of what only the console's database holds. */
export async function fillForBackup(store: Store): Promise<void> {
  await createPerson(store, { id: "p1", name: "ada", role: "operator", limits: null, passwordHash: "hash", ssoSubject: null }, AT);
  const who = { actorKind: "person" as const, actorId: "p1", actor: "ada", role: "operator" as const, address: "10.0.0.1" };
  const what = { kind: "sign-in" as const, action: "signIn", subject: null, outcome: "done" as const, code: null };
  await appendAudit(store, { at: AT.toISOString(), ...who, ...what, correlationId: "c1" });
}

/** The same, as it is told from a store. */
export async function tellBackedUp(store: Store): Promise<string> {
  const [people, audit] = [await listPeople(store), await listAudit(store, {}, { limit: 10 })];
  return JSON.stringify([people, audit.rows]);
}
