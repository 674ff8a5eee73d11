import { getOverviewHistory } from "@/lib/operations/overview/get-overview-history";
import { route } from "@/lib/server/route";

export const GET = route(getOverviewHistory);
