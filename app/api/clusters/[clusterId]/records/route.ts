import { lookAtRecords } from "@/lib/operations/records/look-at-records";
import { route } from "@/lib/server/route";

export const POST = route(lookAtRecords);
