import { getClusterHistory } from "@/lib/operations/clusters/get-cluster-history";
import { route } from "@/lib/server/route";

export const GET = route(getClusterHistory);
