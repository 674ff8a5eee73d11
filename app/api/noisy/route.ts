import { getNoisy } from "@/lib/operations/noisy/get-noisy";
import { route } from "@/lib/server/route";

export const GET = route(getNoisy);
