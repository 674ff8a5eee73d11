import { randomUUID } from "node:crypto";
import { z } from "zod";
import { TokenName } from "@/lib/domain/people/person";
import { limitsOrNull, RoleLimits } from "@/lib/domain/people/role-limits";
import { NewTokenView, RoleName } from "@/lib/domain/views/people";
import { newToken } from "@/lib/enter/tokens";
import { defineOperation } from "@/lib/operations/define";
import { PEOPLE } from "@/lib/operations/roles";
import { createToken as createStored } from "@/lib/store";
import { madeBy } from "./made-by";

/** By it secret scanners know one when they find it in a file. */
const TOKEN_PREFIX = "tcm_";
const DAY_MS = 86_400_000;

export const createToken = defineOperation({
  name: "createToken",
  summary: "Makes a token for scripts, with a role and limits of its own. It is told once: only its hash is kept.",
  method: "POST",
  path: "/api/tokens",
  roles: PEOPLE,
  audit: "people",
  recent: true,
  about: ({ name, role }) => `token ${name}, role ${role}`,
  input: z.strictObject({
    name: TokenName,
    role: RoleName,
    limits: RoleLimits.nullable().default(null),
    days: z.int().min(1).max(366).default(90),
  }),
  output: NewTokenView,
  act: async ({ store, now, actor }, { name, role, limits, days }) => {
    const { token, hash } = newToken(TOKEN_PREFIX);
    const expiresAt = new Date(now().getTime() + days * DAY_MS);
    const about = { id: randomUUID(), name, role, limits: limitsOrNull(limits), ...madeBy(actor) };
    return { token, about: await createStored(store, { ...about, tokenHash: hash, expiresAt }, now()) };
  },
});
