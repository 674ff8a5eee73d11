import { search } from "@/lib/operations/search/search";
import { route } from "@/lib/server/route";

export const GET = route(search);
