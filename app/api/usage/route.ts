import { getUsage } from "@/lib/operations/usage/get-usage";
import { route } from "@/lib/server/route";

export const GET = route(getUsage);
