import { listMonths } from "@/lib/operations/months/list-months";
import { route } from "@/lib/server/route";

export const GET = route(listMonths);
