import type { Context } from "@/lib/operations/context";
import { readChange, type StoredChange } from "@/lib/store";

/** Whether a change is a brake, or takes one back: it is never held up. */
export async function isOfBrake({ store }: Context, { kind, revertsId }: Pick<StoredChange, "kind" | "revertsId">): Promise<boolean> {
  if (kind === "brake" || kind === "brake-release") return true;
  return revertsId !== null && (await readChange(store, revertsId))?.kind === "brake";
}
