import { listPostureHistory } from "@/lib/operations/posture/list-posture-history";
import { route } from "@/lib/server/route";

export const GET = route(listPostureHistory);
