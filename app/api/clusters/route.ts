import { listClusters } from "@/lib/operations/clusters/list-clusters";
import { route } from "@/lib/server/route";

export const GET = route(listClusters);
