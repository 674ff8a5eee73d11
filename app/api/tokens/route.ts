import { createToken } from "@/lib/operations/people/create-token";
import { listTokens } from "@/lib/operations/people/list-tokens";
import { route } from "@/lib/server/route";

export const GET = route(listTokens);
export const POST = route(createToken);
