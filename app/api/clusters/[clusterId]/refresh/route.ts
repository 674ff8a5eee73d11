import { refreshCluster } from "@/lib/operations/clusters/refresh-cluster";
import { route } from "@/lib/server/route";

export const POST = route(refreshCluster);
