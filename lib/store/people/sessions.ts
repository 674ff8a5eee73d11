import { and, desc, eq, gt, isNull, lt, or } from "drizzle-orm";
import { loginSessions, oneTimeLinks, people } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { toPerson, toSession } from "./rows";
import type { StoredPerson, StoredSession } from "./types";

/** So often at most it is written that a session is in use. */
const SEEN_EVERY_MS = 60_000;
/** Ended sessions are kept for their list, and to know the addresses somebody comes from. */
const KEPT_MS = 90 * 86_400_000;

export interface NewSession {
  id: string;
  tokenHash: string;
  personId: string;
  expiresAt: Date;
  method: StoredSession["method"];
  /** null: not known. */
  provenAt: Date | null;
  address: string;
  userAgent: string | null;
}

/**
 * Answers whether there is a session now: not for a person who has been disabled meanwhile, nor where `passwordHash`, which what was
 * typed was compared with, is theirs no more. Whoever changes either ends the sessions that they find.
 */
export async function createSession(store: StoreSession, session: NewSession, now: Date, passwordHash?: string): Promise<boolean> {
  return store.transaction(async (transaction) => {
    const isSame = passwordHash === undefined ? undefined : eq(people.passwordHash, passwordHash);
    const open = await transaction.run((db) =>
      db
        .update(people)
        .set({ lastSignInAt: now })
        .where(and(eq(people.id, session.personId), isNull(people.disabledAt), isSame))
        .returning({ id: people.id }),
    );
    if (open.length === 0) return false;
    await transaction.run((db) => db.insert(loginSessions).values({ ...session, createdAt: now, lastSeenAt: now }));
    return true;
  });
}

/**
 * The session of a token, and its person as they are now; null: there is none, it has ended or was idle for too long, or the person is
 * disabled. Notes that it is in use, unless nobody is there who uses it.
 */
export async function readSession(
  store: StoreSession,
  tokenHash: string,
  now: Date,
  idleMs: number,
  isUse = true,
): Promise<{ session: StoredSession; person: StoredPerson } | null> {
  const idleSince = new Date(now.getTime() - idleMs);
  const [found] = await store.run((db) =>
    db
      .select({ session: loginSessions, person: people })
      .from(loginSessions)
      .innerJoin(people, eq(people.id, loginSessions.personId))
      .where(and(eq(loginSessions.tokenHash, tokenHash), isLive(now), gt(loginSessions.lastSeenAt, idleSince), isNull(people.disabledAt))),
  );
  if (found === undefined) return null;
  if (isUse && now.getTime() - found.session.lastSeenAt.getTime() >= SEEN_EVERY_MS) {
    await store.run((db) => db.update(loginSessions).set({ lastSeenAt: now }).where(eq(loginSessions.id, found.session.id)));
  }
  return { session: toSession(found.session), person: toPerson(found.person) };
}

/** Why a session is refused that was one once: it was not used for too long, its time is over, or it was ended; null: it never was. */
export async function readSessionEnd(store: StoreSession, tokenHash: string, now: Date): Promise<"idle" | "over" | "ended" | null> {
  const [row] = await store.run((db) => db.select().from(loginSessions).where(eq(loginSessions.tokenHash, tokenHash)));
  if (row === undefined) return null;
  if (row.endedAt !== null) return "ended";
  return row.expiresAt <= now ? "over" : "idle";
}

function isLive(now: Date) {
  return and(isNull(loginSessions.endedAt), gt(loginSessions.expiresAt, now));
}

/** Sessions that have not ended, of one person or of all, the latest first. */
export async function listSessions(store: StoreSession, personId: string | null, now: Date, idleMs: number): Promise<StoredSession[]> {
  const idleSince = new Date(now.getTime() - idleMs);
  const rows = await store.run((db) =>
    db
      .select()
      .from(loginSessions)
      .where(
        and(isLive(now), gt(loginSessions.lastSeenAt, idleSince), personId === null ? undefined : eq(loginSessions.personId, personId)),
      )
      .orderBy(desc(loginSessions.lastSeenAt))
      .limit(1_000),
  );
  return rows.map(toSession);
}

/** Answers whether it was there and had not ended. With a person only if it is theirs. */
export async function endSession(store: StoreSession, id: string, now: Date, personId: string | null = null): Promise<boolean> {
  const rows = await store.run((db) =>
    db
      .update(loginSessions)
      .set({ endedAt: now })
      .where(
        and(eq(loginSessions.id, id), isNull(loginSessions.endedAt), personId === null ? undefined : eq(loginSessions.personId, personId)),
      )
      .returning({ id: loginSessions.id }),
  );
  return rows.length > 0;
}

/** Whether the person has signed in from there before. */
export async function isKnownAddress(store: StoreSession, personId: string, address: string): Promise<boolean> {
  const rows = await store.run((db) =>
    db
      .select({ id: loginSessions.id })
      .from(loginSessions)
      .where(and(eq(loginSessions.personId, personId), eq(loginSessions.address, address)))
      .limit(1),
  );
  return rows.length > 0;
}

/** Forgets sessions and links that ended long ago. Answers how many sessions went. */
export async function pruneSessions(store: StoreSession, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS);
  await store.run((db) => db.delete(oneTimeLinks).where(lt(oneTimeLinks.expiresAt, before)));
  const gone = await store.run((db) =>
    db
      .delete(loginSessions)
      .where(or(lt(loginSessions.endedAt, before), lt(loginSessions.expiresAt, before)))
      .returning({ id: loginSessions.id }),
  );
  return gone.length;
}
