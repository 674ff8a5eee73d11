import { getFleetCost } from "@/lib/operations/cost/get-fleet-cost";
import { route } from "@/lib/server/route";

export const GET = route(getFleetCost);
