import type { Asker } from "./roles";

export const AUDIT_KINDS = ["sign-in", "refusal", "change", "people", "export", "payload"] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** `asked`: it was about to be done; when no other entry follows, nobody knows what became of it. */
export const AUDIT_OUTCOMES = ["asked", "done", "refused", "failed"] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

export const ACTOR_KINDS = ["person", "token", "local", "console", "nobody"] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** One line of the audit. Holds no secret, no payload, and of people nothing but who acted. */
export interface AuditEntry {
  at: string;
  kind: AuditKind;
  /** Name of the operation: `applyChange`. */
  action: string;
  /** What it was about: "tenant acme". null: nothing in particular. */
  subject: string | null;
  outcome: AuditOutcome;
  /** The error's code, where it was refused or failed. */
  code: string | null;
  actorKind: ActorKind;
  actorId: string | null;
  actor: string;
  role: Asker;
  /** Where from; null: from this process. */
  address: string | null;
  /** The same for all entries of one request. */
  correlationId: string;
}
