import { asc, eq, isNull } from "drizzle-orm";
import { people } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { toPerson } from "./rows";
import type { StoredPerson } from "./types";

/** Everybody, by name. */
export async function listPeople(store: StoreSession): Promise<StoredPerson[]> {
  return (await store.run((db) => db.select().from(people).orderBy(asc(people.name)).limit(10_000))).map(toPerson);
}

export async function readPerson(store: StoreSession, id: string): Promise<StoredPerson | null> {
  const [row] = await store.run((db) => db.select().from(people).where(eq(people.id, id)));
  return row === undefined ? null : toPerson(row);
}

/** For sign-in: with the hash of the password; null: nobody is called so. */
export async function readPersonByName(
  store: StoreSession,
  name: string,
): Promise<{ person: StoredPerson; passwordHash: string | null } | null> {
  const [row] = await store.run((db) => db.select().from(people).where(eq(people.name, name)));
  return row === undefined ? null : { person: toPerson(row), passwordHash: row.passwordHash };
}

export async function readPersonBySso(store: StoreSession, ssoSubject: string): Promise<StoredPerson | null> {
  const [row] = await store.run((db) => db.select().from(people).where(eq(people.ssoSubject, ssoSubject)));
  return row === undefined ? null : toPerson(row);
}

/** Whether anybody could sign in. */
export async function hasPeople(store: StoreSession): Promise<boolean> {
  const rows = await store.run((db) => db.select({ id: people.id }).from(people).where(isNull(people.disabledAt)).limit(1));
  return rows.length > 0;
}
