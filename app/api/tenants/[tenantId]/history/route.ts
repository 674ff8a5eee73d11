import { getTenantHistory } from "@/lib/operations/tenants/get-tenant-history";
import { route } from "@/lib/server/route";

export const GET = route(getTenantHistory);
