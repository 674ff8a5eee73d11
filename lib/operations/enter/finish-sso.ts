import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AppError, isAppError } from "@/lib/domain/errors";
import { returnPath } from "@/lib/domain/people/return-path";
import { homeOf } from "@/lib/domain/people/roles";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { ANYONE } from "@/lib/operations/roles";
import { createPerson, readPersonBySso, refreshRole, type StoredPerson } from "@/lib/store";
import { requireSso } from "./begin-sso";
import { auditSignIn, startSession } from "./start-session";

const Answer = z.record(z.string().max(200), z.string().max(8_000));

export const finishSso = defineOperation({
  name: "finishSso",
  summary: "Where the identity provider sends the browser back to: checks what it brings, signs the person in, and goes on.",
  method: "GET",
  path: "/api/sign-in/sso/callback",
  roles: ANYONE,
  limits: "within",
  redirects: true,
  input: Answer,
  output: z.object({ location: z.string() }),
  act: async (context, answer) => {
    const { browser } = context.enter;
    const { journey } = browser;
    browser.keepJourney(null);
    try {
      if (journey === null) return { location: "/sign-in?problem=unauthenticated" };
      const { returnTo, ...kept } = journey;
      const vouched = await requireSso(context).finish(new URLSearchParams(answer).toString(), kept);
      const provenAt = provenAtOf(context, vouched, kept.renews);
      const person = await personOf(context, vouched);
      await startSession(context, person, { method: "sso", provenAt });
      const target = returnPath(returnTo);
      return { location: target === "/" ? homeOf(person.role) : target };
    } catch (error) {
      if (!isAppError(error)) throw error;
      await auditFailure(context, error.code);
      return { location: `/sign-in?problem=${error.code}` };
    }
  },
});

/**
 * Anybody can bring an answer that is none, and the audit forgets nothing: of many from one place some leave a line. None is refused for
 * the others, behind whose address everybody of an office may be.
 */
async function auditFailure(context: Context, code: string): Promise<void> {
  const { limits, browser } = context.enter;
  const attempt = { account: "single sign-on", address: browser.address ?? "unknown", known: true };
  try {
    limits.check(attempt);
  } catch {
    return;
  }
  limits.failed(attempt);
  await auditSignIn(context, null, "failed", code);
}

/**
 * When the person proved who they are; null: not known, so not lately. A provider that tells no time is believed that it asked anew where
 * it was told to. Throws AppError `precondition_failed`: it was told to ask anew and did not.
 */
function provenAtOf({ now, enter }: Context, { provenAt }: Vouched, renews: boolean): string | null {
  const nowMs = now().getTime();
  if (provenAt === null) return renews ? new Date(nowMs).toISOString() : null;
  const provenMs = Math.min(Date.parse(provenAt), nowMs);
  if (renews && nowMs - provenMs > enter.recentMs) {
    throw new AppError("precondition_failed", "The identity provider did not ask anew who you are.");
  }
  return new Date(provenMs).toISOString();
}

type Vouched = Awaited<ReturnType<NonNullable<Context["enter"]["sso"]>["finish"]>>;

/** The person of an account at the provider, with the role that its groups give today. Nobody is found by name: names can be taken. */
async function personOf({ store, now }: Context, { subject, name, role }: Vouched): Promise<StoredPerson> {
  const known = await readPersonBySso(store, subject);
  if (known === null) {
    return createPerson(store, { id: randomUUID(), name, role, limits: null, passwordHash: null, ssoSubject: subject }, now());
  }
  if (known.disabledAt !== null) throw new AppError("forbidden", "This account is disabled.");
  return refreshRole(store, known.id, name, role, now());
}
