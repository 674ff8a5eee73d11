import { getOpenApi } from "@/lib/operations/openapi/get-openapi";
import { route } from "@/lib/server/route";

export const GET = route(getOpenApi);
