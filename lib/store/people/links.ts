import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { oneTimeLinks } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { toLink } from "./rows";
import type { StoredLink } from "./types";

export interface NewLink extends Pick<StoredLink, "id" | "kind" | "personId" | "role" | "limits" | "createdBy" | "createdById"> {
  tokenHash: string;
  expiresAt: Date;
}

export async function createLink(store: StoreSession, link: NewLink, now: Date): Promise<StoredLink> {
  const [row] = await store.run((db) =>
    db
      .insert(oneTimeLinks)
      .values({ ...link, createdAt: now })
      .returning(),
  );
  if (row === undefined) throw new Error("A link was inserted and did not come back.");
  return toLink(row);
}

/** A link that can still be used; null: it was used, has expired, or never was. */
export async function readLink(store: StoreSession, tokenHash: string, now: Date): Promise<StoredLink | null> {
  const [row] = await store.run((db) =>
    db
      .select()
      .from(oneTimeLinks)
      .where(and(eq(oneTimeLinks.tokenHash, tokenHash), isOpen(now))),
  );
  return row === undefined ? null : toLink(row);
}

/** Uses a link up; null: somebody was faster, or it cannot be used any more. To be called in the transaction of what it allows. */
export async function takeLink(session: StoreSession, tokenHash: string, now: Date): Promise<StoredLink | null> {
  const [row] = await session.run((db) =>
    db
      .update(oneTimeLinks)
      .set({ usedAt: now })
      .where(and(eq(oneTimeLinks.tokenHash, tokenHash), isOpen(now)))
      .returning(),
  );
  return row === undefined ? null : toLink(row);
}

/** Invitations and resets that nobody has used yet, the latest first. */
export async function listOpenLinks(store: StoreSession, now: Date): Promise<StoredLink[]> {
  const rows = await store.run((db) => db.select().from(oneTimeLinks).where(isOpen(now)).orderBy(desc(oneTimeLinks.createdAt)).limit(500));
  return rows.map(toLink);
}

/** Takes links of a kind back before they are used: there is one first operator, and a new reset replaces the last. */
export async function withdrawLinks(
  store: StoreSession,
  of: { kind: "first" } | { personId: string } | { id: string },
  now: Date,
): Promise<boolean> {
  const which =
    "kind" in of ? eq(oneTimeLinks.kind, of.kind) : "id" in of ? eq(oneTimeLinks.id, of.id) : eq(oneTimeLinks.personId, of.personId);
  const rows = await store.run((db) =>
    db
      .update(oneTimeLinks)
      .set({ usedAt: now })
      .where(and(which, isNull(oneTimeLinks.usedAt)))
      .returning({ id: oneTimeLinks.id }),
  );
  return rows.length > 0;
}

function isOpen(now: Date) {
  return and(isNull(oneTimeLinks.usedAt), gt(oneTimeLinks.expiresAt, now));
}
