import { invitePerson } from "@/lib/operations/people/invite-person";
import { route } from "@/lib/server/route";

export const POST = route(invitePerson);
