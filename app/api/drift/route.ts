import { listDrift } from "@/lib/operations/drift/list-drift";
import { route } from "@/lib/server/route";

export const GET = route(listDrift);
