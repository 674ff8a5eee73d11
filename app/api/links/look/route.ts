import { lookAtLink } from "@/lib/operations/enter/look-at-link";
import { route } from "@/lib/server/route";

export const POST = route(lookAtLink);
