import type { apiTokens, loginSessions, oneTimeLinks, people } from "@/lib/store/schema";
import type { StoredLink, StoredPerson, StoredSession, StoredToken } from "./types";

export function toPerson(row: typeof people.$inferSelect): StoredPerson {
  const { id, name, role, limits, passwordHash, ssoSubject, createdAt, lastSignInAt, disabledAt } = row;
  return {
    id,
    name,
    role,
    limits,
    hasPassword: passwordHash !== null,
    hasSso: ssoSubject !== null,
    createdAt: createdAt.toISOString(),
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
    disabledAt: disabledAt?.toISOString() ?? null,
  };
}

export function toSession(row: typeof loginSessions.$inferSelect): StoredSession {
  const { id, personId, createdAt, provenAt, lastSeenAt, expiresAt, method, address, userAgent } = row;
  return {
    id,
    personId,
    createdAt: createdAt.toISOString(),
    provenAt: provenAt?.toISOString() ?? null,
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    method,
    address,
    userAgent,
  };
}

export function toLink(row: typeof oneTimeLinks.$inferSelect): StoredLink {
  const { id, kind, personId, role, limits, createdBy, createdById, createdAt, expiresAt } = row;
  const times = { createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
  return { id, kind, personId, role, limits, createdBy, createdById, ...times };
}

export function toToken(row: typeof apiTokens.$inferSelect): StoredToken {
  const { id, name, role, limits, createdBy, createdById, createdAt, expiresAt, lastUsedAt } = row;
  return {
    id,
    name,
    role,
    limits,
    createdBy,
    createdById,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
