import { getGroup } from "@/lib/operations/groups/get-group";
import { route } from "@/lib/server/route";

export const GET = route(getGroup);
