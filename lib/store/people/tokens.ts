import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { apiTokens } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { toToken } from "./rows";
import type { StoredToken } from "./types";

const USED_EVERY_MS = 60_000;

export interface NewToken extends Pick<StoredToken, "id" | "name" | "role" | "limits" | "createdBy" | "createdById"> {
  tokenHash: string;
  expiresAt: Date;
}

export async function createToken(store: StoreSession, token: NewToken, now: Date): Promise<StoredToken> {
  const [row] = await store.run((db) =>
    db
      .insert(apiTokens)
      .values({ ...token, createdAt: now })
      .returning(),
  );
  if (row === undefined) throw new Error("A token was inserted and did not come back.");
  return toToken(row);
}

/** null: it was revoked, has expired, or never was. Notes that it is in use. */
export async function readToken(store: StoreSession, tokenHash: string, now: Date): Promise<StoredToken | null> {
  const [row] = await store.run((db) =>
    db
      .select()
      .from(apiTokens)
      .where(and(eq(apiTokens.tokenHash, tokenHash), isLive(now))),
  );
  if (row === undefined) return null;
  if (now.getTime() - (row.lastUsedAt?.getTime() ?? 0) >= USED_EVERY_MS) {
    await store.run((db) => db.update(apiTokens).set({ lastUsedAt: now }).where(eq(apiTokens.id, row.id)));
  }
  return toToken(row);
}

/** Why a token is refused that was one once; null: it never was. */
export async function readTokenEnd(
  store: StoreSession,
  tokenHash: string,
): Promise<{ name: string; expiresAt: string; revoked: boolean } | null> {
  const [row] = await store.run((db) => db.select().from(apiTokens).where(eq(apiTokens.tokenHash, tokenHash)));
  return row === undefined ? null : { name: row.name, expiresAt: row.expiresAt.toISOString(), revoked: row.revokedAt !== null };
}

/** Tokens that were not revoked, the latest first; those that have expired are among them. */
export async function listTokens(store: StoreSession): Promise<StoredToken[]> {
  const rows = await store.run((db) =>
    db.select().from(apiTokens).where(isNull(apiTokens.revokedAt)).orderBy(desc(apiTokens.createdAt)).limit(1_000),
  );
  return rows.map(toToken);
}

/** Answers whether it was there and had not been revoked. One that has expired is listed no more. */
export async function revokeToken(store: StoreSession, id: string, now: Date): Promise<boolean> {
  const rows = await store.run((db) =>
    db
      .update(apiTokens)
      .set({ revokedAt: now })
      .where(and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt)))
      .returning({ id: apiTokens.id }),
  );
  return rows.length > 0;
}

function isLive(now: Date) {
  return and(isNull(apiTokens.revokedAt), gt(apiTokens.expiresAt, now));
}
