import { changePerson } from "@/lib/operations/people/change-person";
import { route } from "@/lib/server/route";

export const PUT = route(changePerson);
