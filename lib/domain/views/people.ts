import { z } from "zod";
import { ACTOR_KINDS, AUDIT_KINDS, AUDIT_OUTCOMES } from "@/lib/domain/people/audit";
import { RoleLimits } from "@/lib/domain/people/role-limits";
import { ASKERS, ROLES } from "@/lib/domain/people/roles";
import { PageInfo, Time } from "./common";

export const RoleName = z.enum(ROLES);
const Limits = RoleLimits.nullable();

/** How one enters this console. */
export const SignInView = z.object({
  signIn: z.enum(["off", "local", "sso", "both"]),
  /** What the button of single sign-on says; null: there is none. */
  ssoLabel: z.string().nullable(),
  /** Nobody can sign in yet: the server's log has the link for the first operator. */
  empty: z.boolean(),
});
export type SignInView = z.infer<typeof SignInView>;

export const SignedInView = z.object({ name: z.string(), role: RoleName });
export type SignedInView = z.infer<typeof SignedInView>;

/** What a one-time link is for. */
export const LinkView = z.object({
  kind: z.enum(["first", "invitation", "reset"]),
  role: RoleName,
  limits: Limits,
  /** Whose password it sets; null: the person chooses a name. */
  name: z.string().nullable(),
  expiresAt: Time,
});
export type LinkView = z.infer<typeof LinkView>;

export const PersonView = z.object({
  id: z.string(),
  name: z.string(),
  role: RoleName,
  limits: Limits,
  hasPassword: z.boolean(),
  hasSso: z.boolean(),
  createdAt: Time,
  lastSignInAt: Time.nullable(),
  disabledAt: Time.nullable(),
  sessions: z.number(),
});
export type PersonView = z.infer<typeof PersonView>;

export const InvitationView = z.object({
  id: z.string(),
  kind: z.enum(["invitation", "reset"]),
  role: RoleName,
  limits: Limits,
  createdBy: z.string(),
  /** The person's id; null: it was nobody of the people here. */
  createdById: z.string().nullable(),
  createdAt: Time,
  expiresAt: Time,
});
export type InvitationView = z.infer<typeof InvitationView>;

export const PeopleView = z.object({ people: z.array(PersonView), invitations: z.array(InvitationView) });
export type PeopleView = z.infer<typeof PeopleView>;

/** A link as it is handed out; it is not shown again. */
export const HandedLink = z.object({ url: z.string(), expiresAt: Time });
export type HandedLink = z.infer<typeof HandedLink>;

export const SessionView = z.object({
  id: z.string(),
  createdAt: Time,
  lastSeenAt: Time,
  expiresAt: Time,
  method: z.enum(["password", "link", "sso"]),
  address: z.string(),
  userAgent: z.string().nullable(),
  /** The one that asks. */
  own: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;
export const SessionList = z.object({ sessions: z.array(SessionView) });
export type SessionList = z.infer<typeof SessionList>;

export const AccountView = z.object({
  name: z.string(),
  role: RoleName,
  limits: Limits,
  kind: z.enum(ACTOR_KINDS),
  hasPassword: z.boolean(),
  sessions: z.array(SessionView),
});
export type AccountView = z.infer<typeof AccountView>;

export const TokenView = z.object({
  id: z.string(),
  name: z.string(),
  role: RoleName,
  limits: Limits,
  createdBy: z.string(),
  /** The person's id; null: it was nobody of the people here. */
  createdById: z.string().nullable(),
  createdAt: Time,
  expiresAt: Time,
  lastUsedAt: Time.nullable(),
});
export type TokenView = z.infer<typeof TokenView>;
export const TokenList = z.object({ tokens: z.array(TokenView.extend({ expired: z.boolean() })) });
export type TokenList = z.infer<typeof TokenList>;
/** The token itself is told once. */
export const NewTokenView = z.object({ token: z.string(), about: TokenView });
export type NewTokenView = z.infer<typeof NewTokenView>;

export const AuditRow = z.object({
  id: z.number(),
  at: Time,
  kind: z.enum(AUDIT_KINDS),
  action: z.string(),
  subject: z.string().nullable(),
  outcome: z.enum(AUDIT_OUTCOMES),
  code: z.string().nullable(),
  actorKind: z.enum(ACTOR_KINDS),
  actorId: z.string().nullable(),
  actor: z.string(),
  role: z.enum(ASKERS),
  address: z.string().nullable(),
  correlationId: z.string(),
});
export type AuditRow = z.infer<typeof AuditRow>;
export const AuditPage = z.object({ page: PageInfo, rows: z.array(AuditRow) });
export type AuditPage = z.infer<typeof AuditPage>;

export const Done = z.object({ done: z.literal(true) });
export type Done = z.infer<typeof Done>;
