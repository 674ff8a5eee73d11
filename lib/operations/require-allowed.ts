import { AppError } from "@/lib/domain/errors";
import { limitWords } from "@/lib/domain/people/role-limits";
import type { Context } from "./context";
import type { OperationSpec } from "./define";

type Wanted = Pick<OperationSpec<never, never>, "name" | "roles" | "limits" | "recent">;

/** The first line of every operation. Throws AppError `unauthenticated` or `forbidden`. */
export function requireAllowed(context: Context, { name, roles, limits, recent }: Wanted): void {
  const { role, refusal, limits: limitedTo = null } = context.actor;
  if (!roles.includes(role)) {
    if (role === "nobody" || role === "probe") throw new AppError("unauthenticated", refusal ?? "Nobody is signed in.");
    const wanted = roles.filter((one) => one !== "nobody" && one !== "probe").join(" or ");
    throw new AppError("forbidden", `${name} needs the role ${wanted}; you are signed in as ${role}.`);
  }
  if (limitedTo !== null && limits === undefined) {
    throw new AppError("forbidden", `${name} needs a role without limits; yours is limited to ${limitWords(limitedTo)}.`);
  }
  if (recent) requireRecentSignIn(context);
}

/**
 * For role changes and changes that lose data. Somebody else may have sat down at the browser meanwhile, so the person proves anew who
 * they are; a token is no proof at all. Throws AppError `unauthenticated`, or `forbidden` for a token.
 */
export function requireRecentSignIn({ actor, enter, now }: Context): void {
  if (actor.kind === "token") throw new AppError("forbidden", "A token may not do this: it asks for a person who has just signed in.");
  if (actor.session === undefined) return;
  const { provenAt } = actor.session;
  if (provenAt !== null && now().getTime() - Date.parse(provenAt) <= enter.recentMs) return;
  const minutes = Math.round(enter.recentMs / 60_000);
  throw new AppError(
    "unauthenticated",
    `This asks for a sign-in of the last ${minutes} minutes. Sign in again, and then once more do what you did.`,
  );
}
