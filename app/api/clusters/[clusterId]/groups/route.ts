import { listGroups } from "@/lib/operations/groups/list-groups";
import { route } from "@/lib/server/route";

export const GET = route(listGroups);
