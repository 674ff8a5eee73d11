import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { AppError } from "@/lib/domain/errors";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import type { Role } from "@/lib/domain/people/roles";
import { loginSessions, people } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { toPerson } from "./rows";
import type { StoredPerson } from "./types";

export interface NewPerson {
  id: string;
  name: string;
  role: Role;
  limits: RoleLimits | null;
  passwordHash: string | null;
  ssoSubject: string | null;
}

/** Throws AppError `conflict`: somebody has that name, or that account of single sign-on, already. */
export async function createPerson(store: StoreSession, person: NewPerson, now: Date): Promise<StoredPerson> {
  const [row] = await store.run((db) =>
    db
      .insert(people)
      .values({ ...person, createdAt: now })
      .onConflictDoNothing()
      .returning(),
  );
  if (row === undefined) throw new AppError("conflict", `Somebody is called "${person.name}" already.`);
  return toPerson(row);
}

export interface PersonChange {
  role?: Role;
  limits?: RoleLimits | null;
  disabled?: boolean;
}

/**
 * Changes what somebody may do; a person who is disabled is signed out everywhere in the same transaction. Throws AppError `not_found`,
 * or `conflict` where nobody would be left who can let others in.
 */
export async function changePerson(store: StoreSession, id: string, change: PersonChange, now: Date): Promise<StoredPerson> {
  const { role, limits, disabled } = change;
  return store.transaction(async (session) => {
    // Two operators who demote each other at the same moment must not both succeed.
    await session.run((db) => db.execute(sql`lock table ${people} in share row exclusive mode`));
    const [row] = await session.run((db) =>
      db
        .update(people)
        .set({
          ...(role === undefined ? {} : { role }),
          ...(limits === undefined ? {} : { limits }),
          ...(disabled === undefined ? {} : { disabledAt: disabled ? sql`coalesce(${people.disabledAt}, ${now})` : null }),
          // An update must set something.
          name: sql`${people.name}`,
        })
        .where(eq(people.id, id))
        .returning(),
    );
    if (row === undefined) throw new AppError("not_found", "There is no such person.");
    await requireOperator(session);
    if (disabled) await endSessions(session, id, now);
    return toPerson(row);
  });
}

async function requireOperator(session: StoreSession): Promise<void> {
  const [left] = await session.run((db) =>
    db
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.role, "operator"), isNull(people.limits), isNull(people.disabledAt)))
      .limit(1),
  );
  if (left === undefined) throw new AppError("conflict", "Somebody must stay who is an operator without limits: make another one first.");
}

/** Sets a password and ends all sessions but the one named. */
export async function setPassword(store: StoreSession, id: string, passwordHash: string, keep: string | null, now: Date): Promise<void> {
  await store.transaction(async (session) => {
    await session.run((db) => db.update(people).set({ passwordHash }).where(eq(people.id, id)));
    await endSessions(session, id, now, keep);
  });
}

/** What single sign-on says of somebody, at each sign-in. A name that somebody else has by now is not taken over. */
export async function refreshRole(store: StoreSession, id: string, name: string, role: Role): Promise<StoredPerson> {
  const own = sql`case when exists (select from people as other where other.name = ${name} and other.id <> ${id}) then ${people.name} else ${name} end`;
  const [row] = await store.run((db) => db.update(people).set({ name: own, role }).where(eq(people.id, id)).returning());
  if (row === undefined) throw new AppError("not_found", "There is no such person.");
  return toPerson(row);
}

async function endSessions(session: StoreSession, personId: string, now: Date, keep: string | null = null): Promise<void> {
  const others = keep === null ? undefined : ne(loginSessions.id, keep);
  await session.run((db) =>
    db
      .update(loginSessions)
      .set({ endedAt: now })
      .where(and(eq(loginSessions.personId, personId), isNull(loginSessions.endedAt), others)),
  );
}
