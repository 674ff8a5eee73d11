import { z } from "zod";
import { limitsOrNull, limitWords, RoleLimits } from "@/lib/domain/people/role-limits";
import { HandedLink, RoleName } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { requirePasswords } from "@/lib/operations/enter/sign-in";
import { PEOPLE } from "@/lib/operations/roles";
import { handOutLink } from "./hand-out-link";

export const invitePerson = defineOperation({
  name: "invitePerson",
  summary: "Makes a link by which one person enters for the first time, with this role and these limits. It works once, for a week.",
  method: "POST",
  path: "/api/people/invitations",
  roles: PEOPLE,
  audit: "people",
  recent: true,
  about: ({ role, limits }) => `invitation as ${role}, ${limitWords(limitsOrNull(limits))}`,
  input: z.strictObject({ role: RoleName, limits: RoleLimits.nullable().default(null) }),
  output: HandedLink,
  act: (context, { role, limits }) => {
    requirePasswords(context);
    return handOutLink(context, { kind: "invitation", personId: null, role, limits: limitsOrNull(limits) });
  },
});
