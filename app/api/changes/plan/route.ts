import { planChange } from "@/lib/operations/changes/plan-change";
import { route } from "@/lib/server/route";

export const POST = route(planChange);
