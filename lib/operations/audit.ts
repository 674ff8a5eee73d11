import { isAppError } from "@/lib/domain/errors";
import type { AuditEntry } from "@/lib/domain/people/audit";
import type { Context } from "./context";

type About = Pick<AuditEntry, "action" | "subject"> & { kind: AuditEntry["kind"] | "none" };

/** A line about the actor of a context. */
export function auditEntry(
  { actor, enter, now, requestId }: Context,
  about: Pick<AuditEntry, "kind" | "action" | "subject" | "outcome" | "code">,
): AuditEntry {
  return {
    at: now().toISOString(),
    ...about,
    actorKind: actor.kind ?? "console",
    actorId: actor.id ?? null,
    actor: actor.name,
    role: actor.role,
    address: enter.browser.address,
    correlationId: requestId,
  };
}

/**
 * Does `work` between two lines of the audit: that it was asked for, and what it came to. Where the first cannot be stored nothing is
 * done; where the second cannot, the first stands alone, which says that nobody knows.
 */
export async function audited<T>(context: Context, { kind, action, subject }: About, work: () => Promise<T>): Promise<T> {
  if (kind === "none") return work();
  const { audit } = context.enter;
  const line = (outcome: AuditEntry["outcome"], code: string | null) =>
    audit(auditEntry(context, { kind, action, subject, outcome, code }));
  await line("asked", null);
  let result: T;
  try {
    result = await work();
  } catch (error) {
    const code = isAppError(error) ? error.code : "internal";
    await line(code === "forbidden" ? "refused" : "failed", code).catch(() => undefined);
    throw error;
  }
  await line("done", null).catch(() => undefined);
  return result;
}

/** Somebody who is signed in asked for what they may not do. Nobody else is worth a line: anybody could fill the store with them. */
export async function auditRefusal(context: Context, action: string, error: unknown): Promise<void> {
  if (context.actor.role === "nobody" || context.actor.role === "probe") return;
  const code = isAppError(error) ? error.code : "internal";
  await context.enter
    .audit(auditEntry(context, { kind: "refusal", action, subject: null, outcome: "refused", code }))
    .catch(() => undefined);
}
