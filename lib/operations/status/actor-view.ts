import { limitWords } from "@/lib/domain/people/role-limits";
import type { Role } from "@/lib/domain/people/roles";
import type { ActorView } from "@/lib/domain/views/clusters";
import type { Actor, Enter } from "@/lib/operations/context";

/** Who is signed in, as screens mirror it. */
export function actorView({ name, role, kind = "console", limits = null }: Actor, { signIn }: Pick<Enter, "signIn">): ActorView {
  return { name, role: role as Role, kind, limited: limits === null ? null : limitWords(limits), signIn };
}
