import { getTenantPool } from "@/lib/operations/tenants/get-tenant-pool";
import { route } from "@/lib/server/route";

export const GET = route(getTenantPool);
