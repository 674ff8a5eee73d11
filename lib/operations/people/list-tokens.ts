import { z } from "zod";
import { TokenList } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { PEOPLE } from "@/lib/operations/roles";
import { listTokens as listStored } from "@/lib/store";

export const listTokens = defineOperation({
  name: "listTokens",
  summary:
    "The tokens that scripts show: role, limits, end, and when each was last used. Those that have expired stay until they are revoked.",
  method: "GET",
  path: "/api/tokens",
  roles: PEOPLE,
  input: z.strictObject({}),
  output: TokenList,
  act: async ({ store, now }) => {
    const nowMs = now().getTime();
    const tokens = await listStored(store);
    return { tokens: tokens.map((token) => ({ ...token, expired: Date.parse(token.expiresAt) <= nowMs })) };
  },
});
