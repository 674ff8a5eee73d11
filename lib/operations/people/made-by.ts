import type { Actor } from "@/lib/operations/context";

/** Who hands a link or a token out: by id, because names change, and by the name of this moment. */
export function madeBy({ id, kind, name }: Actor): { createdBy: string; createdById: string | null } {
  return { createdBy: name, createdById: kind === "person" ? (id ?? null) : null };
}
