import { allowPayloads } from "@/lib/operations/records/switch-payloads";
import { route } from "@/lib/server/route";

export const POST = route(allowPayloads);
