import { applyChange } from "@/lib/operations/changes/apply-change";
import { listChanges } from "@/lib/operations/changes/list-changes";
import { route } from "@/lib/server/route";

export const GET = route(listChanges);

export const POST = route(applyChange);
