import { listTiers } from "@/lib/operations/tiers/list-tiers";
import { route } from "@/lib/server/route";

export const GET = route(listTiers);
