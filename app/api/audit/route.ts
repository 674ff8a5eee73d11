import { listAudit } from "@/lib/operations/audit-log/list-audit";
import { route } from "@/lib/server/route";

export const GET = route(listAudit);
