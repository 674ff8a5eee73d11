import { getTenant } from "@/lib/operations/tenants/get-tenant";
import { route } from "@/lib/server/route";

export const GET = route(getTenant);
