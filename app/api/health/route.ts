import { getHealth } from "@/lib/operations/health/get-health";
import { route } from "@/lib/server/route";

export const GET = route(getHealth);
