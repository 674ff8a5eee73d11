import { getMetrics } from "@/lib/operations/health/get-metrics";
import { route } from "@/lib/server/route";

export const GET = route(getMetrics);
