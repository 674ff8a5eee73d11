import { listPrices } from "@/lib/operations/cost/list-prices";
import { route } from "@/lib/server/route";

export const GET = route(listPrices);
