import { z } from "zod";
import { limitsOrNull, RoleLimits } from "@/lib/domain/people/role-limits";
import { PersonView, RoleName } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { Id } from "@/lib/operations/list/list-query";
import { PEOPLE } from "@/lib/operations/roles";
import { changePerson as changeStored, listSessions } from "@/lib/store";

export const changePerson = defineOperation({
  name: "changePerson",
  summary: "Sets a person's role and limits, or disables them, which signs them out at once. It counts from their next request on.",
  method: "PUT",
  path: "/api/people/{personId}",
  roles: PEOPLE,
  audit: "people",
  recent: true,
  about: ({ personId, role, disabled }) =>
    [`person ${personId}`, role === undefined ? null : `role ${role}`, disabled === undefined ? null : disabled ? "disabled" : "enabled"]
      .filter((word) => word !== null)
      .join(", "),
  input: z.strictObject({
    personId: Id,
    role: RoleName.exactOptional(),
    limits: RoleLimits.nullable().exactOptional(),
    disabled: z.boolean().exactOptional(),
  }),
  output: PersonView,
  act: async ({ store, now, enter }, { personId, role, limits, disabled }) => {
    const change = {
      ...(role === undefined ? {} : { role }),
      ...(limits === undefined ? {} : { limits: limitsOrNull(limits) }),
      ...(disabled === undefined ? {} : { disabled }),
    };
    const person = await changeStored(store, personId, change, now());
    const sessions = await listSessions(store, personId, now(), enter.idleMs);
    return { ...person, sessions: sessions.length };
  },
});
