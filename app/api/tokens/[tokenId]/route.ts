import { revokeToken } from "@/lib/operations/people/revoke-token";
import { route } from "@/lib/server/route";

export const DELETE = route(revokeToken);
