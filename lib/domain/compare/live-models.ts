import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { MODELS, type Model } from "@/lib/domain/isolation";
import { type Observed, sumObserved, unavailable } from "@/lib/domain/observed";
import { filterTenants } from "@/lib/domain/tenant-query";
import type { IsolationView, ListPrice, ModelLive } from "@/lib/domain/views/isolation";
import type { TenantRow, TopicSummary } from "@/lib/domain/views/tenants";

/** The part of the fleet a page is about: all of it, or one cluster. */
export interface CompareScope {
  fleet: FleetSnapshot;
  clusterId: string | null;
  /** Tenants placed in the scope. */
  tenants: readonly TenantState[];
}

export function compareScope(fleet: FleetSnapshot, clusterId: string | null): CompareScope {
  const all = [...fleet.tenants.values()];
  const isHere = ({ tenant }: TenantState): boolean => tenant.placements.some(({ cluster }) => cluster === clusterId);
  return { fleet, clusterId, tenants: clusterId === null ? all : all.filter(isHere) };
}

type Live = Pick<IsolationView, "models" | "mixed" | "unplaced" | "prices" | "total">;

/** What stands under each model now. A tenant of several models is counted once, as mixed; a topic belongs to the model it lies under. */
export function liveModels(scope: CompareScope): Live {
  const { tenants } = scope;
  const near = new Set(
    filterTenants(
      tenants.map(({ row }) => row),
      { tests: [] },
      "near-limit",
      () => NOBODY,
    ).map(({ id }) => id),
  );
  const count = (model: TenantRow["model"]) => {
    const found = tenants.filter(({ row }) => row.model === model);
    return { tenants: found.length, nearLimit: found.filter(({ row }) => near.has(row.id)).length };
  };
  const topics = topicsByModel(scope);
  const live = (model: Model): ModelLive => ({ ...count(model), ...ofTopics(scope, model, topics[model]) });
  return {
    total: tenants.length,
    models: { pool: live("pool"), bridge: live("bridge"), silo: live("silo") },
    mixed: count("mixed"),
    unplaced: count("unplaced").tenants,
    prices: {
      pool: priceOf(tenants, "pool"),
      bridge: priceOf(tenants, "bridge"),
      silo: priceOf(tenants, "silo"),
      mixed: priceOf(tenants, "mixed"),
    },
  };
}

const NOBODY = { clusters: [], rules: [] };

/** What several tenants claim is a pool's; what one claims lies under the model by which that tenant has topics of its own there. */
export function topicsByModel({ fleet, clusterId }: CompareScope): Record<Model, TopicSummary[]> {
  const found: Record<Model, TopicSummary[]> = { pool: [], bridge: [], silo: [] };
  for (const [id, topics] of fleet.topics) {
    if (clusterId !== null && id !== clusterId) continue;
    for (const topic of topics.values()) {
      const model = modelOfTopic(fleet, topic);
      if (model !== null) found[model].push(topic);
    }
  }
  return found;
}

/** null: no tenant's. */
export function modelOfTopic(fleet: FleetSnapshot, { owner, clusterId }: TopicSummary): Model | null {
  if (owner.kind === "shared") return "pool";
  if (owner.kind !== "tenant") return null;
  const here = fleet.tenants.get(owner.tenantId)?.tenant.placements.filter(({ cluster }) => cluster === clusterId) ?? [];
  return (here.find(({ model }) => model !== "pool") ?? here[0])?.model ?? null;
}

function ofTopics({ fleet, clusterId, tenants }: CompareScope, model: Model, topics: readonly TopicSummary[]) {
  const clusters = new Set(
    tenants.flatMap(({ tenant }) => tenant.placements.filter((one) => one.model === model).map(({ cluster }) => cluster)),
  );
  const here = [...clusters].filter((id) => clusterId === null || id === clusterId);
  const unread = here.filter((id) => (fleet.clusters.get(id)?.metadata ?? null) === null);
  const sum = (of: "bytesInPerSecond" | "sizeBytes"): Observed<number> => {
    const parts: Observed<number>[] = topics.map((topic) => topic[of]);
    const at = fleet.at ?? new Date(0).toISOString();
    for (const id of unread) parts.push(unavailable(`The topics of ${id} have not been read.`, "Check the cluster's connection.", at));
    return sumObserved(parts, unavailable("No topic lies under this model.", "A tenant's placement puts one there.", at));
  };
  return {
    clusters: here.length,
    topics: topics.length,
    unreadClusters: unread.length,
    bytesInPerSecond: sum("bytesInPerSecond"),
    storageBytes: sum("sizeBytes"),
  };
}

function priceOf(tenants: readonly TenantState[], model: Model | "mixed"): ListPrice {
  const prices = tenants.filter(({ row }) => row.model === model).map(({ tier }) => tier.pricePerMonth);
  const set = prices.filter((price) => price !== undefined);
  if (set.length === 0) return null;
  return { perMonth: set.reduce((sum, price) => sum + price, 0), tenants: set.length, withoutPrice: prices.length - set.length };
}

/** The distinct models of a tenant, in the order of the matrix. */
export function modelsOf({ tenant }: TenantState): Model[] {
  return MODELS.filter((model) => tenant.placements.some((placement) => placement.model === model));
}
