import { listTenants } from "@/lib/operations/tenants/list-tenants";
import { route } from "@/lib/server/route";

export const GET = route(listTenants);
