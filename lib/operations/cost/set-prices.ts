import { z } from "zod";
import { Prices, Region } from "@/lib/domain/cost/price-list";
import { Time } from "@/lib/domain/views/common";
import { defineOperation } from "@/lib/operations/define";
import { OPERATOR } from "@/lib/operations/roles";
import { setPrices as keepPrices } from "@/lib/store";

export const setPrices = defineOperation({
  name: "setPrices",
  summary:
    "Sets a region's prices, in the place of what was set before; where nothing is set, AWS's public figures stand. What was set stays on record.",
  method: "PUT",
  path: "/api/prices/{region}",
  roles: OPERATOR,
  input: z.strictObject({ region: Region, prices: Prices, reason: z.string().trim().min(1).max(500) }),
  output: z.object({ region: z.string(), by: z.string(), at: Time }),
  act: async (context, { region, prices, reason }) => {
    const at = context.now().toISOString();
    const by = context.actor.name;
    await keepPrices(context.store, { region, prices, by, at, reason });
    await context.collector.reassemble();
    return { region, by, at };
  },
});
