import { minuteOf } from "@/lib/domain/change/words";
import type { QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import { isInForce, type Override, overrideKey } from "@/lib/domain/override";
import { overrideName, overrideValue } from "@/lib/domain/override-words";
import type { Tenant } from "@/lib/domain/tenant";
import type { DriftItem } from "./drift-item";

/** Overrides that are over. One that holds on several clusters is told once, with the first of them. */
export function endedOverrides({ tenant, tier }: Pick<QuotaBasis, "tenant" | "tier">, clusterId: string, at: string): DriftItem[] {
  const items: DriftItem[] = [];
  for (const override of tenant.overrides ?? []) {
    if (isInForce(override, at) || homeOf(override, tenant) !== clusterId) continue;
    const { setting, on, value, author, until = at } = override;
    const what = overrideName(override);
    items.push({
      key: [tenant.id, clusterId, "override", overrideKey(override)].join("|"),
      kind: "override-over",
      tenantId: tenant.id,
      clusterId,
      resource: what,
      name: setting,
      declared: null,
      live: value === null ? null : String(value),
      source: tier.name,
      sentence: `The override of its ${what} by ${author}, ${overrideValue(override)}, ended at ${minuteOf(until)}; its tier counts again.`,
      target: { kind: "override", tenantId: tenant.id, setting, ...(on === undefined ? {} : { on }) },
    });
  }
  return items;
}

function homeOf({ on }: Override, { placements }: Tenant): string | undefined {
  const named = placements.find(({ cluster }) => cluster === on?.cluster);
  return (named ?? placements[0])?.cluster;
}
