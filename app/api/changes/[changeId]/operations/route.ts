import { listChangeOperations } from "@/lib/operations/changes/list-change-operations";
import { route } from "@/lib/server/route";

export const GET = route(listChangeOperations);
