import { listPeople } from "@/lib/operations/people/list-people";
import { route } from "@/lib/server/route";

export const GET = route(listPeople);
