import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { NewPassword, PersonName } from "@/lib/domain/people/person";
import { SignedInView } from "@/lib/domain/views/people";
import { hashToken } from "@/lib/enter/tokens";
import { audited } from "@/lib/operations/audit";
import { defineOperation } from "@/lib/operations/define";
import { ANYONE } from "@/lib/operations/roles";
import { createPerson, readLink, readPerson, type Store, type StoredLink, type StoredPerson, setPassword, takeLink } from "@/lib/store";
import { goneLink, isTooLate, LinkToken } from "./look-at-link";
import { requirePasswords } from "./sign-in";
import { startSession } from "./start-session";

export const applyLink = defineOperation({
  name: "applyLink",
  summary: "Uses a one-time link: makes the person it invites, or sets a new password, and signs in.",
  method: "POST",
  path: "/api/links",
  roles: ANYONE,
  limits: "within",
  // What is no link leaves no line: anybody can send one.
  audit: "none",
  input: z.strictObject({ token: LinkToken, name: PersonName.exactOptional(), password: NewPassword }),
  output: SignedInView,
  act: async (context, { token, name, password }) => {
    requirePasswords(context);
    const { store, enter, now } = context;
    const tokenHash = hashToken(token);
    // Before the hash, which is dear: anybody can send a token that is none.
    if ((await readLink(store, tokenHash, now())) === null) throw goneLink();
    const passwordHash = await enter.passwords.hash(password);
    const about = { kind: "people", action: "applyLink", subject: name === undefined ? "a new password" : `person ${name}` } as const;
    const person = await audited(context, about, () => taken(store, { tokenHash, name, passwordHash }, now()));
    await startSession(context, person, { method: "link" });
    return { name: person.name, role: person.role };
  },
});

interface Given {
  tokenHash: string;
  name: string | undefined;
  passwordHash: string;
}

/** The link is used up and what it allows is done, both or neither. */
function taken(store: Store, { tokenHash, name, passwordHash }: Given, now: Date): Promise<StoredPerson> {
  return store.transaction(async (session) => {
    const link = await takeLink(session, tokenHash, now);
    if (link === null || (await isTooLate(session, link))) throw goneLink();
    if (link.personId !== null) {
      await setPassword(session, link.personId, passwordHash, null, now);
      return openPerson(await readPerson(session, link.personId));
    }
    const { role, limits }: StoredLink = link;
    const person = { id: randomUUID(), name: requireName(name), role, limits, passwordHash, ssoSubject: null };
    return createPerson(session, person, now);
  });
}

function openPerson(person: StoredPerson | null): StoredPerson {
  if (person === null || person.disabledAt !== null) throw goneLink();
  return person;
}

function requireName(name: string | undefined): string {
  if (name !== undefined) return name;
  throw new AppError("invalid", "name: is needed", { details: [{ path: "name", message: "is needed" }] });
}
