import { listTenantGroups } from "@/lib/operations/tenants/list-tenant-groups";
import { route } from "@/lib/server/route";

export const GET = route(listTenantGroups);
