import { getTierUsage } from "@/lib/operations/usage/get-tier-usage";
import { route } from "@/lib/server/route";

export const GET = route(getTierUsage);
