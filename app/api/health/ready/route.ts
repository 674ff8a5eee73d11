import { getReadiness } from "@/lib/operations/health/get-readiness";
import { route } from "@/lib/server/route";

export const GET = route(getReadiness);
