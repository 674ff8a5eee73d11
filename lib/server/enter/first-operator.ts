import { randomUUID } from "node:crypto";
import { newToken } from "@/lib/enter/tokens";
import { createLink, hasPeople, type Store, withdrawLinks } from "@/lib/store";
import type { OpenEnter } from "./open-enter";

const LIFE_MS = 24 * 3_600_000;

/**
 * While nobody can sign in, each start hands out a link that lets the first operator in, in the place of the last one. It is written
 * where only whoever runs the server reads: there is no password that everybody knows. Answers null where nobody needs one.
 */
export async function firstOperatorLink(
  { signIn, origin }: Pick<OpenEnter, "signIn" | "origin">,
  store: Store,
  now: Date,
): Promise<string | null> {
  if ((signIn !== "local" && signIn !== "both") || (await hasPeople(store))) return null;
  const { token, hash } = newToken();
  await withdrawLinks(store, { kind: "first" }, now);
  const expiresAt = new Date(now.getTime() + LIFE_MS);
  const link = { id: randomUUID(), tokenHash: hash, kind: "first" as const, personId: null, role: "operator" as const, limits: null };
  await createLink(store, { ...link, createdBy: "the console", createdById: null, expiresAt }, now);
  return `${origin}/welcome#${token}`;
}
