import { getTier } from "@/lib/operations/tiers/get-tier";
import { route } from "@/lib/server/route";

export const GET = route(getTier);
