import { getIsolation } from "@/lib/operations/isolation/get-isolation";
import { route } from "@/lib/server/route";

export const GET = route(getIsolation);
