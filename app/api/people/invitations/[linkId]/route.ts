import { withdrawInvitation } from "@/lib/operations/people/withdraw-invitation";
import { route } from "@/lib/server/route";

export const DELETE = route(withdrawInvitation);
