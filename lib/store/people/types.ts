import type { RoleLimits } from "@/lib/domain/people/role-limits";
import type { Role } from "@/lib/domain/people/roles";

/** Somebody as the store knows them, without what proves who they are. Times are ISO. */
export interface StoredPerson {
  id: string;
  name: string;
  role: Role;
  limits: RoleLimits | null;
  hasPassword: boolean;
  hasSso: boolean;
  createdAt: string;
  lastSignInAt: string | null;
  disabledAt: string | null;
}

export interface StoredSession {
  id: string;
  personId: string;
  createdAt: string;
  /** When the person last proved who they are; null: not known. */
  provenAt: string | null;
  lastSeenAt: string;
  expiresAt: string;
  method: "password" | "link" | "sso";
  address: string;
  userAgent: string | null;
}

export interface StoredLink {
  id: string;
  kind: "first" | "invitation" | "reset";
  personId: string | null;
  role: Role;
  limits: RoleLimits | null;
  createdBy: string;
  /** The person's id; null: it was nobody of the people here. */
  createdById: string | null;
  createdAt: string;
  expiresAt: string;
}

export interface StoredToken {
  id: string;
  name: string;
  role: Role;
  limits: RoleLimits | null;
  createdBy: string;
  /** The person's id; null: it was nobody of the people here. */
  createdById: string | null;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}
