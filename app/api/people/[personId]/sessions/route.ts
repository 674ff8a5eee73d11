import { listSessions } from "@/lib/operations/people/list-sessions";
import { route } from "@/lib/server/route";

export const GET = route(listSessions);
