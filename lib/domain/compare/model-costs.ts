import type { CostLine } from "@/lib/domain/cost/cost";
import { monthOf } from "@/lib/domain/cost/cost-view";
import { costOf } from "@/lib/domain/cost/fleet-cost";
import { type Observed, sumObserved, unavailable } from "@/lib/domain/observed";
import type { IsolationView } from "@/lib/domain/views/isolation";
import type { TenantRow } from "@/lib/domain/views/tenants";
import type { CompareScope } from "./live-models";

/** What the tenants of each model cost in a month, in the scope; what a pool's tenants share is the pool's, and idle capacity nobody's. */
export function modelCostsHere(scope: CompareScope): IsolationView["costs"] {
  const { fleet, clusterId } = scope;
  const { clusters, tenants } = costOf(fleet);
  const at = fleet.at ?? new Date(0).toISOString();
  const here = [...clusters.values()].filter((cluster) => clusterId === null || cluster.clusterId === clusterId);
  const unshared = (kind: CostLine["holder"]["kind"]): number =>
    here.flatMap(({ lines }) => lines).reduce((sum, { holder, dollars }) => sum + (holder.kind === kind ? dollars : 0), 0);
  const ofTenants = (model: TenantRow["model"]): Observed<number>[] =>
    scope.tenants.flatMap(({ tenant, row }) => {
      const cost = tenants.get(tenant.id);
      if (row.model !== model || cost === undefined) return [];
      if (clusterId === null) return [monthOf(cost, at)];
      const lines = cost.lines.filter((line) => line.clusterId === clusterId);
      const unpriced = cost.unpriced.filter((one) => one.clusterId === clusterId);
      return [monthOf({ lines, unpriced, known: lines.length > 0, dollars: lines.reduce((sum, { dollars }) => sum + dollars, 0) }, at)];
    });
  const shared = unshared("shared");
  const sum = (model: TenantRow["model"], more: Observed<number>[] = []) =>
    sumObserved([...ofTenants(model), ...more], unavailable("No tenant is on this model.", "A tenant's placement puts one there.", at));
  return {
    pool: sum("pool", shared > 0 ? [{ source: "derived", value: shared, at }] : []),
    bridge: sum("bridge"),
    silo: sum("silo"),
    mixed: sum("mixed"),
    idle: fleet.within !== "tenants" ? unshared("idle") : null,
    rest: fleet.within !== "tenants" ? unshared("others") + unshared("rest") : null,
  };
}
