import { finishSso } from "@/lib/operations/enter/finish-sso";
import { route } from "@/lib/server/route";

export const GET = route(finishSso);
