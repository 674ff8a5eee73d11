import { z } from "zod";
import type { Role } from "@/lib/domain/people/roles";
import { AccountView } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";
import { readPerson } from "@/lib/store";
import { sessionsOf } from "./sessions-of";

export const getAccount = defineOperation({
  name: "getAccount",
  summary: "Who is signed in, with which role and limits, and where else.",
  method: "GET",
  path: "/api/account",
  roles: EVERYONE,
  limits: "within",
  input: z.strictObject({}),
  output: AccountView,
  act: async (context) => {
    const { name, role, kind = "console", id, limits = null } = context.actor;
    const person = kind === "person" && id !== undefined ? await readPerson(context.store, id) : null;
    return {
      name,
      role: role as Role,
      limits,
      kind,
      hasPassword: person?.hasPassword ?? false,
      sessions: person === null ? [] : await sessionsOf(context, person.id),
    };
  },
});
