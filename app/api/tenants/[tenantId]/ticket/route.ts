import { getTicket } from "@/lib/operations/ticket/get-ticket";
import { route } from "@/lib/server/route";

export const GET = route(getTicket);
