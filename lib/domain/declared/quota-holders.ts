import { heldOn } from "@/lib/domain/held-on";
import type { Placement } from "@/lib/domain/placement";
import { kafkaUserOf, shortPrincipalName } from "@/lib/domain/principal-name";
import { shareOf } from "@/lib/domain/quota/promise-split";
import type { Tenant } from "@/lib/domain/tenant";

/** Who of a tenant a rule can be set on, on one cluster, and the part of the tenant's promise that is meant for it. */
export interface QuotaHolder {
  clusterId: string;
  entity: { user: string } | { clientId: string };
  /** The user or client-id, as the scope of an override names it. */
  name: string;
  /** Of the promise: of the placements it appears in, and inside those. Its part is the product, summed over the placements. */
  placementShare: number;
  principalShare: number;
  /** Of everything the tenant has on this cluster with an identity; what stands for each broker as a whole is divided by it. */
  clusterShare: number;
  /** Through which topics its traffic goes. */
  through: "own" | "pool" | "both";
  /** It has the cluster to itself. */
  silo: boolean;
}

/** A part of a tenant that no rule can be set on. */
export interface Unruled {
  clusterId: string;
  subject: string;
  reason: string;
  wayOut: string;
}

export interface QuotaHolders {
  holders: readonly QuotaHolder[];
  unruled: readonly Unruled[];
}

interface Identity {
  /** null: no rule can be set on it. */
  entity: QuotaHolder["entity"] | null;
  name: string;
  principalShare: number;
}

const known = heldOn<Tenant, QuotaHolders>();

/** Follows from the declaration alone. A user of several placements on one cluster has one rule there, for all of them together. */
export function quotaHolders(tenant: Tenant): QuotaHolders {
  return known.get(tenant) ?? known.set(tenant, holdersOf(tenant));
}

function holdersOf({ placements }: Tenant): QuotaHolders {
  const shares = placements.map(({ share }) => share ?? null);
  const merged = new Map<string, QuotaHolder>();
  const unruled: Unruled[] = [];
  const onCluster = new Map<string, number>();
  for (const [position, placement] of placements.entries()) {
    const { cluster } = placement;
    const placementShare = shareOf(shares, position);
    const identities = identitiesOf(placement);
    if (identities.length === 0) unruled.push(withoutIdentity(placement));
    for (const { entity, name, principalShare } of identities) {
      onCluster.set(cluster, (onCluster.get(cluster) ?? 0) + placementShare * principalShare);
      if (entity === null) {
        unruled.push(manyUsers(cluster, name));
        continue;
      }
      const key = `${cluster} ${"user" in entity ? "user" : "client-id"} ${name}`;
      const one = { entity, name, placementShare, principalShare, clusterShare: 0, clusterId: cluster };
      merged.set(key, joined(merged.get(key), { ...one, through: placement.model === "pool" ? "pool" : "own", silo: isSilo(placement) }));
    }
  }
  const holders = [...merged.values()].map((holder) => {
    const whole = onCluster.get(holder.clusterId) ?? 0;
    return { ...holder, clusterShare: whole > 0 ? (holder.placementShare * holder.principalShare) / whole : 0 };
  });
  return { holders, unruled };
}

/** Its users, each with its part; where a placement names none that a rule can be set on, its client-ids. */
function identitiesOf({ principals, clientIds }: Placement): Identity[] {
  const shares = principals.map(({ share }) => share ?? null);
  const users = principals.map((principal, position): Identity => {
    const user = kafkaUserOf(principal);
    const name = user ?? shortPrincipalName(principal);
    return { entity: user === null ? null : { user }, name, principalShare: shareOf(shares, position) };
  });
  if (clientIds.length === 0 || users.some(({ entity }) => entity !== null)) return users;
  return clientIds.map((clientId) => ({ entity: { clientId }, name: clientId, principalShare: 1 / clientIds.length }));
}

function isSilo({ model }: Placement): boolean {
  return model === "silo";
}

function joined(before: QuotaHolder | undefined, now: QuotaHolder): QuotaHolder {
  if (before === undefined) return now;
  const placementShare = before.placementShare * before.principalShare + now.placementShare * now.principalShare;
  const through = before.through === now.through ? now.through : "both";
  return { ...now, placementShare, principalShare: 1, through, silo: before.silo && now.silo };
}

function withoutIdentity({ cluster, model }: Placement): Unruled {
  const subject = model === "pool" ? `its part in the pool on ${cluster}` : `its topics on ${cluster}`;
  const reason =
    model === "pool"
      ? `In the pool on ${cluster} it has no principal and no client-id of its own: clients that serve many tenants carry its records, and a quota on them would hold back all of those.`
      : `It has no principal and no client-id of its own on ${cluster}, and Kafka's quotas are set on those, never on topics.`;
  return { clusterId: cluster, subject, reason, wayOut: "Give its clients a principal of their own and name it in the placement." };
}

function manyUsers(clusterId: string, role: string): Unruled {
  return {
    clusterId,
    subject: `role ${role} on ${clusterId}`,
    reason: `The IAM role ${role} is many Kafka users, one for each session name, so no one rule can be set on it.`,
    wayOut: "Set a rule on each session that has a fixed name, or name client-ids in the placement and no other principal.",
  };
}
