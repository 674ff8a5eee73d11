import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { Done } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { Id } from "@/lib/operations/list/list-query";
import { PEOPLE } from "@/lib/operations/roles";
import { withdrawLinks } from "@/lib/store";

export const withdrawInvitation = defineOperation({
  name: "withdrawInvitation",
  summary: "Takes back an invitation, or a link to set a password, that nobody has used.",
  method: "DELETE",
  path: "/api/people/invitations/{linkId}",
  roles: PEOPLE,
  audit: "people",
  input: z.strictObject({ linkId: Id }),
  output: Done,
  act: async ({ store, now }, { linkId }) => {
    if (!(await withdrawLinks(store, { id: linkId }, now())))
      throw new AppError("not_found", "There is no such invitation; it may have been used.");
    return { done: true as const };
  },
});
