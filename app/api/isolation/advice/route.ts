import { getAdvice } from "@/lib/operations/isolation/get-advice";
import { route } from "@/lib/server/route";

export const GET = route(getAdvice);
