import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { MODELS, type Model } from "@/lib/domain/isolation";
import type { MskKind } from "@/lib/domain/msk-facts";
import type { Placement } from "@/lib/domain/placement";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { TopicSummary } from "@/lib/domain/views/tenants";

/** A tenant under one model on one cluster, with what it has there. In a pool the topics are those it shares. */
export interface ModelPlace {
  clusterId: string;
  /** null: the console has no connection to it. */
  cluster: ClusterSnapshot | null;
  /** null: not an MSK cluster, or AWS has not told. */
  kind: MskKind | null;
  model: Model;
  placements: Placement[];
  topics: TopicSummary[];
  groups: GroupSummary[];
}

/** Streams under one model on one cluster are one place: what the model allows is the same for them. */
export function modelPlaces(fleet: FleetSnapshot, { tenant, topics, groups }: TenantState): ModelPlace[] {
  const clusterIds = [...new Set(tenant.placements.map(({ cluster }) => cluster))];
  return clusterIds.flatMap((clusterId) => {
    const cluster = fleet.clusters.get(clusterId) ?? null;
    const here = tenant.placements.filter((placement) => placement.cluster === clusterId);
    const models = MODELS.filter((model) => here.some((placement) => placement.model === model));
    return models.map((model) => ({
      clusterId,
      cluster,
      kind: cluster?.msk?.cluster.kind ?? null,
      model,
      placements: here.filter((placement) => placement.model === model),
      topics: topics.filter((topic) => topic.clusterId === clusterId && isUnder(topic.owner.kind, model, models)),
      groups: groups.filter((group) => group.clusterId === clusterId && isUnder(group.owner.kind, model, models)),
    }));
  });
}

/** Where a tenant has both, what it shares is the pool's and what is its own is not; else everything lies under its one model. */
function isUnder(ownerKind: string, model: Model, models: readonly Model[]): boolean {
  if (!models.includes("pool") || models.length === 1) return true;
  return (ownerKind === "shared") === (model === "pool");
}
