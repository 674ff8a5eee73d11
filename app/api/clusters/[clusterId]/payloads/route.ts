import { getPayloadAccess } from "@/lib/operations/records/get-payload-access";
import { route } from "@/lib/server/route";

export const GET = route(getPayloadAccess);
