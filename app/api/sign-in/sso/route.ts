import { beginSso } from "@/lib/operations/enter/begin-sso";
import { route } from "@/lib/server/route";

export const GET = route(beginSso);
