import { z } from "zod";
import { Done } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";
import { endSession } from "@/lib/store";

export const signOut = defineOperation({
  name: "signOut",
  summary: "Ends the session that asks; its cookie is worth nothing from then on, wherever it has been copied to.",
  method: "POST",
  path: "/api/sign-out",
  roles: EVERYONE,
  limits: "within",
  audit: "sign-in",
  input: z.strictObject({}),
  output: Done,
  act: async ({ actor, store, now, enter }) => {
    if (actor.session !== undefined) await endSession(store, actor.session.id, now());
    enter.browser.forgetSession();
    return { done: true as const };
  },
});
