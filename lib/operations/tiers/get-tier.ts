import { z } from "zod";
import type { DriftKind } from "@/lib/domain/drift/drift-item";
import type { TenantState } from "@/lib/domain/fleet";
import { isInForce, overrideKey } from "@/lib/domain/override";
import { type TenantOverride, TierDetail } from "@/lib/domain/views/tiers";
import { defineOperation } from "@/lib/operations/define";
import { found } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { EVERYONE } from "@/lib/operations/roles";

const OVERRIDES_SHOWN = 500;

export const getTier = defineOperation({
  name: "getTier",
  summary: "What a tier promises, and where its tenants differ from it: overrides with reason and author, drift by kind, brakes.",
  method: "GET",
  path: "/api/tiers/{tierId}",
  roles: EVERYONE,
  limits: "within",
  input: z.strictObject({ tierId: Id }),
  output: TierDetail,
  act: (context, { tierId }) => {
    const fleet = context.fleet();
    const tier = found(fleet.tiers.get(tierId), `There is no tier "${tierId}".`);
    const states = [...fleet.tenants.values()].filter(({ tenant }) => tenant.tier === tierId);
    const overrides = states.flatMap((state) => overridesOf(state, context.now().toISOString()));
    return {
      tier,
      counts: countsOf(states),
      overrides: overrides.slice(0, OVERRIDES_SHOWN),
      overrideCount: overrides.length,
      at: fleet.at,
    };
  },
});

function overridesOf({ tenant }: TenantState, at: string): TenantOverride[] {
  return (tenant.overrides ?? []).map((override) => ({
    tenantId: tenant.id,
    tenantName: tenant.name,
    key: overrideKey(override),
    override,
    over: !isInForce(override, at),
  }));
}

function countsOf(states: readonly TenantState[]): TierDetail["counts"] {
  const count = (is: (state: TenantState) => boolean) => states.reduce((sum, state) => sum + Number(is(state)), 0);
  const drift: Partial<Record<DriftKind, number>> = {};
  for (const { kind } of states.flatMap((state) => state.drift)) drift[kind] = (drift[kind] ?? 0) + 1;
  return {
    tenants: states.length,
    overriding: count(({ tenant }) => (tenant.overrides ?? []).length > 0),
    drifting: count((state) => state.drift.length > 0),
    braked: count(({ conditions }) => conditions.some(({ rule }) => rule === "brake.active")),
    managedElsewhere: count(({ tenant }) => tenant.managedElsewhere !== undefined),
    drift,
  };
}
