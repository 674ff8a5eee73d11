import { z } from "zod";
import type { TenantState } from "@/lib/domain/fleet";
import { TierList, type TierView } from "@/lib/domain/views/tenants";
import { defineOperation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";

export const listTiers = defineOperation({
  name: "listTiers",
  summary: "What each tier promises, how many tenants are on it, and how many of them have overrides or drift.",
  method: "GET",
  path: "/api/tiers",
  roles: EVERYONE,
  limits: "within",
  input: z.strictObject({}),
  output: TierList,
  version: (context) => context.fleet().version,
  act: (context) => {
    const fleet = context.fleet();
    const counts = new Map<string, Counts>();
    for (const state of fleet.tenants.values()) counts.set(state.tier.id, counted(counts.get(state.tier.id) ?? NOBODY, state));
    return { tiers: [...fleet.tiers.values()].map((tier) => ({ ...tier, ...(counts.get(tier.id) ?? NOBODY) })) };
  },
});

type Counts = Pick<TierView, "tenantCount" | "overridingCount" | "driftingCount">;

const NOBODY: Counts = { tenantCount: 0, overridingCount: 0, driftingCount: 0 };

function counted({ tenantCount, overridingCount, driftingCount }: Counts, { tenant, drift }: TenantState): Counts {
  return {
    tenantCount: tenantCount + 1,
    overridingCount: overridingCount + Number((tenant.overrides ?? []).length > 0),
    driftingCount: driftingCount + Number(drift.length > 0),
  };
}
