import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { type SignedInView, SignedInView as View } from "@/lib/domain/views/people";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { ANYONE } from "@/lib/operations/roles";
import { isKnownAddress, readPersonByName } from "@/lib/store";
import { auditSignIn, startSession } from "./start-session";

export const signIn = defineOperation({
  name: "signIn",
  summary: "Signs a person in with name and password. Says the same, after the same time, whatever was wrong.",
  method: "POST",
  path: "/api/sign-in",
  roles: ANYONE,
  limits: "within",
  audit: "none",
  input: z.strictObject({ name: z.string().trim().min(1).max(120), password: z.string().min(1).max(200) }),
  output: View,
  act: async (context, { name, password }) => signInWith(context, name.toLowerCase(), password),
});

async function signInWith(context: Context, name: string, password: string): Promise<SignedInView> {
  const { enter, store } = context;
  requirePasswords(context);
  const found = await readPersonByName(store, name);
  const address = enter.browser.address ?? "unknown";
  // Asked for whoever is not there too: the time must not tell.
  const known = await isKnownAddress(store, found?.person.id ?? "", address);
  const attempt = { account: name, address, known };
  enter.limits.check(attempt);
  // A person who is disabled takes as long as one who is not there.
  const open = found !== null && found.person.disabledAt === null ? found : null;
  const right = await enter.passwords.matches(password, open?.passwordHash ?? null);
  // Those who were let through together, before the first of them failed, wait as those who come after.
  enter.limits.check(attempt);
  if (open === null || !right) {
    enter.limits.failed(attempt);
    await auditSignIn(context, found?.person ?? null, "failed", "unauthenticated");
    throw new AppError("unauthenticated", "Name or password is wrong.");
  }
  enter.limits.succeeded(attempt);
  await startSession(context, open.person, { method: "password", passwordHash: open.passwordHash ?? "" });
  return { name: open.person.name, role: open.person.role };
}

/** Throws AppError `not_found` where people enter another way. */
export function requirePasswords({ enter: { signIn } }: Context): void {
  if (signIn === "local" || signIn === "both") return;
  throw new AppError("not_found", "Nobody signs in with a password here.");
}
