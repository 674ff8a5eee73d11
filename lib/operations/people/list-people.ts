import { z } from "zod";
import { PeopleView } from "@/lib/domain/views/people";
import { defineOperation } from "@/lib/operations/define";
import { PEOPLE } from "@/lib/operations/roles";
import { listOpenLinks, listSessions, listPeople as listStored } from "@/lib/store";

export const listPeople = defineOperation({
  name: "listPeople",
  summary: "Who may enter, with which role and limits, and which invitations are open.",
  method: "GET",
  path: "/api/people",
  roles: PEOPLE,
  input: z.strictObject({}),
  output: PeopleView,
  act: async ({ store, now, enter }) => {
    const people = await listStored(store);
    const sessions = await listSessions(store, null, now(), enter.idleMs);
    const links = await listOpenLinks(store, now());
    return {
      people: people.map((person) => ({ ...person, sessions: sessions.filter(({ personId }) => personId === person.id).length })),
      invitations: links.flatMap(({ kind, personId: _person, ...link }) => (kind === "first" ? [] : [{ kind, ...link }])),
    };
  },
});
