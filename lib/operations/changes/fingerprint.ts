import { createHash } from "node:crypto";
import { fingerprintText } from "@/lib/domain/change/canonical-json";
import type { Plan } from "@/lib/domain/change/plan";
import { worstClass } from "@/lib/domain/change/plan-change";

/** SHA-256 of what a plan writes, what was asked, and how bad the worst consequence is. Rates and lag are no part of it. */
export function fingerprintOf({ request, operations, consequences }: Plan): string {
  return createHash("sha256")
    .update(fingerprintText(request, operations, worstClass(consequences)))
    .digest("hex");
}
