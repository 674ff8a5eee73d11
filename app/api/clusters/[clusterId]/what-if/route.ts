import { getBrokerWhatIf } from "@/lib/operations/usage/get-broker-what-if";
import { route } from "@/lib/server/route";

export const GET = route(getBrokerWhatIf);
