import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { Done } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { Id } from "@/lib/operations/list/list-query";
import { PEOPLE } from "@/lib/operations/roles";
import { revokeToken as revokeStored } from "@/lib/store";

export const revokeToken = defineOperation({
  name: "revokeToken",
  summary: "Ends a token at once.",
  method: "DELETE",
  path: "/api/tokens/{tokenId}",
  roles: PEOPLE,
  audit: "people",
  about: ({ tokenId }) => `token ${tokenId}`,
  input: z.strictObject({ tokenId: Id }),
  output: Done,
  act: async ({ store, now }, { tokenId }) => {
    if (!(await revokeStored(store, tokenId, now()))) throw new AppError("not_found", "There is no such token; it may have been revoked.");
    return { done: true as const };
  },
});
