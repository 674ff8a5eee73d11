import { listTenantTopics } from "@/lib/operations/tenants/list-tenant-topics";
import { route } from "@/lib/server/route";

export const GET = route(listTenantTopics);
