import { createHash } from "node:crypto";
import { fingerprintParts } from "@/lib/domain/change/canonical-json";
import type { Plan } from "@/lib/domain/change/plan";
import { worstClass } from "@/lib/domain/change/plan-change";
import { pauses } from "@/lib/operations/pauses";

/** SHA-256 of what a plan writes, what was asked, and how bad the worst consequence is. Rates and lag are no part of it. */
export async function fingerprintOf({ request, operations, consequences }: Plan): Promise<string> {
  const hash = createHash("sha256");
  const pause = pauses();
  for (const part of fingerprintParts(request, operations, worstClass(consequences))) {
    hash.update(part);
    await pause();
  }
  return hash.digest("hex");
}
