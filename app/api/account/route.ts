import { getAccount } from "@/lib/operations/people/get-account";
import { route } from "@/lib/server/route";

export const GET = route(getAccount);
