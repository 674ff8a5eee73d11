import { resumeChange } from "@/lib/operations/changes/steer-change";
import { route } from "@/lib/server/route";

export const POST = route(resumeChange);
