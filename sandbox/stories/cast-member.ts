import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { clusterOf, type Sandbox } from "@/sandbox/kafka/topology";
import { ACTORS } from "@/sandbox/tenants/cast";
import type { Actor } from "@/sandbox/tenants/plan";

/** One of the cast, to make trouble in its name. */
export function castMember(principal: string): Actor {
  const found = ACTORS.find((actor) => actor.principal === principal);
  if (found === undefined) throw new Error(`nobody of the cast is ${principal}`);
  return found;
}

/** Does something as the administrator of an actor's cluster. */
export async function asAdmin(sandbox: Sandbox, { cluster }: Actor, act: (admin: SandboxAdmin) => Promise<void>): Promise<void> {
  const admin = await openAdmin(sandbox, clusterOf(sandbox, cluster));
  try {
    await act(admin);
  } finally {
    await admin.close();
  }
}
