import { getCluster } from "@/lib/operations/clusters/get-cluster";
import { route } from "@/lib/server/route";

export const GET = route(getCluster);
