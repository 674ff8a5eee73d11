import { getTenantCost } from "@/lib/operations/cost/get-tenant-cost";
import { route } from "@/lib/server/route";

export const GET = route(getTenantCost);
