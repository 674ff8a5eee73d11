import { getStatus } from "@/lib/operations/status/get-status";
import { route } from "@/lib/server/route";

export const GET = route(getStatus);
