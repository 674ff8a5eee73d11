import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { Done } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { Id } from "@/lib/operations/list/list-query";
import { EVERYONE, PEOPLE } from "@/lib/operations/roles";
import { endSession as endStored } from "@/lib/store";

export const endSession = defineOperation({
  name: "endSession",
  summary: "Ends a session, wherever it is: one's own, or as an operator anybody's.",
  method: "DELETE",
  path: "/api/sessions/{sessionId}",
  roles: EVERYONE,
  limits: "within",
  audit: "people",
  about: ({ sessionId }) => `session ${sessionId}`,
  input: z.strictObject({ sessionId: Id }),
  output: Done,
  act: async ({ store, now, actor }, { sessionId }) => {
    const anybodys = PEOPLE.some((role) => role === actor.role) && (actor.limits ?? null) === null;
    const ended = await endStored(store, sessionId, now(), anybodys ? null : (actor.id ?? ""));
    if (!ended) throw new AppError("not_found", "There is no such session; it may have ended.");
    return { done: true as const };
  },
});
