import { z } from "zod";
import { SessionList } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { Id } from "@/lib/operations/list/list-query";
import { PEOPLE } from "@/lib/operations/roles";
import { sessionsOf } from "./sessions-of";

export const listSessions = defineOperation({
  name: "listSessions",
  summary: "Where a person is signed in: since when, from where, with what.",
  method: "GET",
  path: "/api/people/{personId}/sessions",
  roles: PEOPLE,
  input: z.strictObject({ personId: Id }),
  output: SessionList,
  act: async (context, { personId }) => ({ sessions: await sessionsOf(context, personId) }),
});
