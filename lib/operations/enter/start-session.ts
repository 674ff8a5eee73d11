import { randomUUID } from "node:crypto";
import { AppError } from "@/lib/domain/errors";
import { newToken } from "@/lib/enter/tokens";
import { auditEntry } from "@/lib/operations/audit";
import type { Context } from "@/lib/operations/context";
import { createSession, endSession, type StoredPerson, type StoredSession } from "@/lib/store";

interface Proof {
  method: StoredSession["method"];
  /** Absent: now. null: not known, as of single sign-on that does not tell; what asks for a recent sign-in is then refused. */
  provenAt?: string | null;
  /** What the password was compared with. */
  passwordHash?: string;
}

/**
 * Signs a person in: a token that nobody had before, whatever the browser brought along. Without the line in the audit there is no
 * session. Throws AppError `unauthenticated` for a person who was disabled, or whose password was changed, while they signed in.
 */
export async function startSession(context: Context, person: StoredPerson, { method, provenAt, passwordHash }: Proof): Promise<void> {
  const { enter, now } = context;
  await auditSignIn(context, person, "done", null);
  const { token, hash } = newToken();
  const { address, userAgent } = enter.browser;
  const session = {
    id: randomUUID(),
    tokenHash: hash,
    personId: person.id,
    expiresAt: new Date(now().getTime() + enter.sessionMs),
    method,
    provenAt: provenAt === undefined ? now() : provenAt === null ? null : new Date(provenAt),
    address: address ?? "unknown",
    userAgent: userAgent?.slice(0, 300) ?? null,
  };
  if (!(await createSession(context.store, session, now(), passwordHash))) {
    await auditSignIn(context, person, "failed", "unauthenticated");
    throw new AppError("unauthenticated", "Name or password is wrong.");
  }
  // The browser forgets the session that it signs in over: nobody should be able to go on with it.
  if (context.actor.session !== undefined) await endSession(context.store, context.actor.session.id, now());
  enter.browser.keepSession(token, enter.sessionMs);
}

/** A line about a sign-in. What was typed as a name is kept only where somebody is called so: it may be a password in the wrong box. */
export async function auditSignIn(
  context: Context,
  person: StoredPerson | null,
  outcome: "done" | "failed",
  code: string | null,
): Promise<void> {
  const about = { kind: "sign-in" as const, action: "signIn", subject: null, outcome, code };
  const entry = auditEntry(context, about);
  if (person === null) await context.enter.audit({ ...entry, actorKind: "nobody", actor: "somebody unknown" });
  else await context.enter.audit({ ...entry, actorKind: "person", actorId: person.id, actor: person.name, role: person.role });
}
