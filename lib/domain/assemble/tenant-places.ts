import type { Placement } from "@/lib/domain/placement";
import type { Principal } from "@/lib/domain/principal";
import { principalKey } from "@/lib/domain/principal-name";
import type { Identities } from "@/lib/domain/quota/buckets";
import type { Tenant } from "@/lib/domain/tenant";

/** A tenant on one cluster: by whom it is known there on topics of its own, and by whom in a pool; null: not placed that way. */
export interface TenantPlace {
  clusterId: string;
  own: Identities | null;
  pool: Identities | null;
}

/** A tenant's placements by cluster. An identity that is given for both ways is counted once, with the tenant's own. */
export function tenantPlaces({ placements }: Tenant): TenantPlace[] {
  const byCluster = new Map<string, Placement[]>();
  for (const placement of placements) {
    const known = byCluster.get(placement.cluster);
    if (known === undefined) byCluster.set(placement.cluster, [placement]);
    else known.push(placement);
  }
  return [...byCluster].map(([clusterId, all]) => {
    const own = identitiesOf(all.filter(({ model }) => model !== "pool"));
    const pool = identitiesOf(all.filter(({ model }) => model === "pool"));
    return { clusterId, own, pool: own === null || pool === null ? pool : poolBeside(own, pool) };
  });
}

function identitiesOf(placements: readonly Placement[]): Identities | null {
  if (placements.length === 0) return null;
  const principals = new Map<string, Principal>();
  for (const principal of placements.flatMap((placement) => placement.principals)) principals.set(principalKey(principal), principal);
  return { principals: [...principals.values()], clientIds: [...new Set(placements.flatMap(({ clientIds }) => clientIds))] };
}

/** null: the pool's identities are all the tenant's own as well, so what they do in the pool is counted with them. */
function poolBeside(own: Identities, pool: Identities): Identities | null {
  const keys = new Set(own.principals.map(principalKey));
  const rest = {
    principals: pool.principals.filter((principal) => !keys.has(principalKey(principal))),
    clientIds: pool.clientIds.filter((clientId) => !own.clientIds.includes(clientId)),
  };
  return hasIdentity(pool) && !hasIdentity(rest) ? null : rest;
}

export function hasIdentity({ principals, clientIds }: Identities): boolean {
  return principals.length > 0 || clientIds.length > 0;
}
