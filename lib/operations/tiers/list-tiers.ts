import { z } from "zod";
import { TierList } from "@/lib/domain/views/tenants";
import { defineOperation } from "@/lib/operations/define";
import { EVERYONE } from "@/lib/operations/roles";

export const listTiers = defineOperation({
  name: "listTiers",
  summary: "What each tier promises, and how many tenants are on it.",
  method: "GET",
  path: "/api/tiers",
  roles: EVERYONE,
  input: z.strictObject({}),
  output: TierList,
  version: (context) => context.fleet().version,
  act: (context) => {
    const fleet = context.fleet();
    const counts = new Map<string, number>();
    for (const { tier } of fleet.tenants.values()) counts.set(tier.id, (counts.get(tier.id) ?? 0) + 1);
    return { tiers: [...fleet.tiers.values()].map((tier) => ({ ...tier, tenantCount: counts.get(tier.id) ?? 0 })) };
  },
});
