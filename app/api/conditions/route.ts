import { listConditions } from "@/lib/operations/conditions/list-conditions";
import { route } from "@/lib/server/route";

export const GET = route(listConditions);
