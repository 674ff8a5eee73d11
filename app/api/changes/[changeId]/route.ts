import { getChange } from "@/lib/operations/changes/get-change";
import { route } from "@/lib/server/route";

export const GET = route(getChange);
