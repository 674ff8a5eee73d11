import { listChangeUnits } from "@/lib/operations/changes/list-change-units";
import { route } from "@/lib/server/route";

export const GET = route(listChangeUnits);
