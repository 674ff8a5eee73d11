import { consequence } from "@/lib/domain/change/draft";
import type { ClusterFacts } from "@/lib/domain/change/facts";
import type { Consequence } from "@/lib/domain/change/plan";
import { listed, named } from "@/lib/domain/change/words";
import { formatCountOf, formatSetPercent } from "@/lib/domain/format";
import { principalKeyOfUser } from "@/lib/domain/principal-name";
import type { OwnRuleChange, TenantRules } from "./rule-changes";
import { TOLD_EACH_MAX } from "./throttle-consequences";

interface Use {
  tenant: TenantRules;
  change: OwnRuleChange;
  after: number;
  /** On the busiest broker, now; null: no broker tells. */
  worst: { brokerId: number; percent: number } | null;
}

/** Whether the time of threads that a tenant takes now is above a lowered request quota. Of this no past is kept. */
export function requestConsequences(tenants: readonly TenantRules[]): Consequence[] {
  const uses = tenants.flatMap((tenant) => tenant.changes.flatMap((change) => useOf(tenant, change)));
  const above = uses.filter(({ worst, after }) => worst !== null && worst.percent > after);
  if (tenants.length > TOLD_EACH_MAX) {
    const names = [...new Set(above.map(({ tenant }) => tenant.basis.tenant.name))];
    const sentence = `${formatCountOf(names.length, "tenant")} take more request time now than the new quotas: ${listed(names)}.`;
    return names.length === 0 ? [] : [consequence({ class: "throttles", sentence })];
  }
  return uses.map(toldOne);
}

function useOf(tenant: TenantRules, change: OwnRuleChange): Use[] {
  const { operation, after, before, cluster, holder } = change;
  if (operation.target.key !== "request_percentage" || after === null || (before !== null && after >= before)) return [];
  return [{ tenant, change, after, worst: "user" in holder.entity ? worstOf(holder.entity.user, cluster) : null }];
}

function worstOf(user: string, { snapshot }: ClusterFacts): Use["worst"] {
  let worst: Use["worst"] = null;
  const key = principalKeyOfUser(user);
  for (const [brokerId, { clients }] of snapshot.meters) {
    const own = clients.filter((client) => client.user !== undefined && principalKeyOfUser(client.user) === key);
    const told = own.flatMap(({ requestPercent }) => (requestPercent === undefined ? [] : [requestPercent]));
    if (told.length === 0) continue;
    const percent = told.reduce((sum, each) => sum + each, 0);
    if (worst === null || percent > worst.percent) worst = { brokerId, percent };
  }
  return worst;
}

function toldOne({ tenant, change, after, worst }: Use): Consequence {
  const { id, name } = tenant.basis.tenant;
  const { clusterId, name: cluster } = change.cluster;
  const about = { tenantId: id, clusterId };
  if (worst === null) {
    const sentence = `How much request time ${named(name)} takes on ${named(cluster)} is not published, so it cannot be said whether ${formatSetPercent(after)} would hold it back.`;
    return consequence({ class: "unseen", sentence, ...about });
  }
  const now = `${named(name)} takes ${formatSetPercent(worst.percent)} of a thread on broker ${worst.brokerId} of ${named(cluster)} now`;
  if (worst.percent > after)
    return consequence({ class: "throttles", sentence: `${now}, and would be held to ${formatSetPercent(after)}.`, ...about });
  return consequence({ class: "fine", sentence: `${now}, at most, of ${formatSetPercent(after)}.`, ...about });
}
