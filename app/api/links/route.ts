import { applyLink } from "@/lib/operations/enter/apply-link";
import { route } from "@/lib/server/route";

export const POST = route(applyLink);
