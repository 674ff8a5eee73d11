import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { LinkView } from "@/lib/domain/views/people";
import { hashToken } from "@/lib/enter/tokens";
import { defineOperation } from "@/lib/operations/define";
import { ANYONE } from "@/lib/operations/roles";
import { hasPeople, readLink, readPerson, type StoredLink } from "@/lib/store";

export const LinkToken = z.string().min(20).max(100);

export function goneLink(): AppError {
  return new AppError("not_found", "This link was used, has expired, or was taken back. Ask an operator for another one.");
}

/** The first operator's link is worth nothing once somebody has entered another way: it stands in a log. */
export async function isTooLate(store: Parameters<typeof hasPeople>[0], { kind }: StoredLink): Promise<boolean> {
  return kind === "first" && (await hasPeople(store));
}

export const lookAtLink = defineOperation({
  name: "lookAtLink",
  summary: "What a one-time link is for. Does not use it up.",
  method: "POST",
  path: "/api/links/look",
  roles: ANYONE,
  limits: "within",
  audit: "none",
  input: z.strictObject({ token: LinkToken }),
  output: LinkView,
  act: async ({ store, now }, { token }) => {
    const link = await readLink(store, hashToken(token), now());
    if (link === null || (await isTooLate(store, link))) throw goneLink();
    const person = link.personId === null ? null : await readPerson(store, link.personId);
    const { kind, role, limits, expiresAt } = link;
    return { kind, role, limits, name: person?.name ?? null, expiresAt };
  },
});
