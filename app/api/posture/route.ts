import { getPosture } from "@/lib/operations/posture/get-posture";
import { route } from "@/lib/server/route";

export const GET = route(getPosture);
