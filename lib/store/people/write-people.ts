import { and, eq, isNull, ne, or, sql } from "drizzle-orm";
import { AppError } from "@/lib/domain/errors";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import type { Role } from "@/lib/domain/people/roles";
import { apiTokens, loginSessions, oneTimeLinks, people } from "@/lib/store/schema";
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
 * Changes what somebody may do; a person who is disabled is signed out everywhere in the same transaction, and whoever may no longer let
 * others in leaves no link and no token behind. Throws AppError `not_found`,
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
    if (disabled) {
      await endSessions(session, id, now);
      await withdrawLinksOf(session, id, now);
    }
    const person = toPerson(row);
    if (!letsIn(person)) await endHandedOut(session, person, now);
    return person;
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

function letsIn({ role, limits, disabledAt }: StoredPerson): boolean {
  return role === "operator" && limits === null && disabledAt === null;
}

/**
 * Ends what somebody handed out while they could: who knows a link to become an operator, or a token of one, could come back by it.
 * What was made before ids were kept goes by the name.
 */
async function endHandedOut(session: StoreSession, { id, name }: Pick<StoredPerson, "id" | "name">, now: Date): Promise<void> {
  const isTheirs = (of: typeof oneTimeLinks | typeof apiTokens) =>
    or(eq(of.createdById, id), and(isNull(of.createdById), eq(of.createdBy, name)));
  await session.run((db) =>
    db
      .update(oneTimeLinks)
      .set({ usedAt: now })
      .where(and(isTheirs(oneTimeLinks), isNull(oneTimeLinks.usedAt))),
  );
  await session.run((db) =>
    db
      .update(apiTokens)
      .set({ revokedAt: now })
      .where(and(isTheirs(apiTokens), isNull(apiTokens.revokedAt))),
  );
}

/** Links by which a person could set a password. */
async function withdrawLinksOf(session: StoreSession, personId: string, now: Date): Promise<void> {
  await session.run((db) =>
    db
      .update(oneTimeLinks)
      .set({ usedAt: now })
      .where(and(eq(oneTimeLinks.personId, personId), isNull(oneTimeLinks.usedAt))),
  );
}

/** Sets a password, and ends all sessions but the one named, and every link by which it could be set once more. */
export async function setPassword(store: StoreSession, id: string, passwordHash: string, keep: string | null, now: Date): Promise<void> {
  await store.transaction(async (session) => {
    await session.run((db) => db.update(people).set({ passwordHash }).where(eq(people.id, id)));
    await endSessions(session, id, now, keep);
    await withdrawLinksOf(session, id, now);
  });
}

/**
 * What single sign-on says of somebody, at each sign-in. A name that somebody else has by now is not taken over; whoever may no longer
 * let others in leaves no link and no token behind.
 */
export async function refreshRole(store: StoreSession, id: string, name: string, role: Role, now: Date): Promise<StoredPerson> {
  const own = sql`case when exists (select from people as other where other.name = ${name} and other.id <> ${id}) then ${people.name} else ${name} end`;
  return store.transaction(async (session) => {
    const [before] = await session.run((db) => db.select().from(people).where(eq(people.id, id)).for("update"));
    const [row] = await session.run((db) => db.update(people).set({ name: own, role }).where(eq(people.id, id)).returning());
    if (before === undefined || row === undefined) throw new AppError("not_found", "There is no such person.");
    const person = toPerson(row);
    if (!letsIn(person)) await endHandedOut(session, { id, name: before.name }, now);
    return person;
  });
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
