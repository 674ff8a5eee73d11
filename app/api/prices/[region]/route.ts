import { setPrices } from "@/lib/operations/cost/set-prices";
import { route } from "@/lib/server/route";

export const PUT = route(setPrices);
