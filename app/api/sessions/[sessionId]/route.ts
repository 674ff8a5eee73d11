import { endSession } from "@/lib/operations/people/end-session";
import { route } from "@/lib/server/route";

export const DELETE = route(endSession);
