import { getTenantAccess } from "@/lib/operations/tenants/get-tenant-access";
import { route } from "@/lib/server/route";

export const GET = route(getTenantAccess);
