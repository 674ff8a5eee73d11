import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { returnPath } from "@/lib/domain/people/return-path";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { ANYONE } from "@/lib/operations/roles";

export const beginSso = defineOperation({
  name: "beginSso",
  summary:
    "Sends the browser to the identity provider; it comes back to `returnTo`, a path of the console. Whoever is signed in already is asked there anew.",
  method: "GET",
  path: "/api/sign-in/sso",
  roles: ANYONE,
  limits: "within",
  redirects: true,
  input: z.strictObject({ returnTo: z.string().max(2_000).exactOptional() }),
  output: z.object({ location: z.string() }),
  act: async (context, { returnTo }) => {
    const { recentMs, sessionMs } = context.enter;
    // Whoever is signed in here signs in again to prove who they are.
    const renews = context.actor.session !== undefined;
    const { location, journey } = await requireSso(context).begin({ maxAgeMs: renews ? recentMs : sessionMs, renews });
    context.enter.browser.keepJourney({ ...journey, returnTo: returnPath(returnTo) });
    return { location };
  },
});

export function requireSso({ enter: { sso } }: Context): NonNullable<Context["enter"]["sso"]> {
  if (sso === null) throw new AppError("not_found", "There is no single sign-on here.");
  return sso;
}
