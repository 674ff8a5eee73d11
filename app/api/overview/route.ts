import { getOverview } from "@/lib/operations/overview/get-overview";
import { route } from "@/lib/server/route";

export const GET = route(getOverview);
