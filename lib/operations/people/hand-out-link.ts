import { randomUUID } from "node:crypto";
import type { HandedLink } from "@/lib/domain/views/people";
import { newToken } from "@/lib/enter/tokens";
import type { Context } from "@/lib/operations/context";
import { createLink, type StoredLink } from "@/lib/store";
import { madeBy } from "./made-by";

const LIFE_MS = { invitation: 7 * 86_400_000, reset: 86_400_000 } as const;

type Wanted = Pick<StoredLink, "personId" | "role" | "limits"> & { kind: keyof typeof LIFE_MS };

/** Makes a link that works once. It is told here and never again: of its token only the hash is kept. The token stands behind #, which browsers send to nobody. */
export async function handOutLink({ store, enter, actor, now }: Context, wanted: Wanted): Promise<HandedLink> {
  const { token, hash } = newToken();
  const expiresAt = new Date(now().getTime() + LIFE_MS[wanted.kind]);
  await createLink(store, { id: randomUUID(), tokenHash: hash, ...madeBy(actor), expiresAt, ...wanted }, now());
  return { url: `${enter.origin}/invite#${token}`, expiresAt: expiresAt.toISOString() };
}
