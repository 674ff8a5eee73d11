import { checkConnection } from "@/lib/operations/clusters/check-connection";
import { route } from "@/lib/server/route";

export const POST = route(checkConnection);
