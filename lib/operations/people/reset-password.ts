import { z } from "zod";
import { HandedLink } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { requirePasswords } from "@/lib/operations/enter/sign-in";
import { found } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { PEOPLE } from "@/lib/operations/roles";
import { readPerson, withdrawLinks } from "@/lib/store";
import { handOutLink } from "./hand-out-link";

export const resetPassword = defineOperation({
  name: "resetPassword",
  summary: "Makes a link by which a person sets a new password. It works once, for a day; the old password works until then.",
  method: "POST",
  path: "/api/people/{personId}/reset",
  roles: PEOPLE,
  audit: "people",
  recent: true,
  about: ({ personId }) => `person ${personId}`,
  input: z.strictObject({ personId: Id }),
  output: HandedLink,
  act: async (context, { personId }) => {
    requirePasswords(context);
    const { role, limits } = found((await readPerson(context.store, personId)) ?? undefined, "There is no such person.");
    await withdrawLinks(context.store, { personId }, context.now());
    return handOutLink(context, { kind: "reset", personId, role, limits });
  },
});
