import { BRAKE_END } from "@/lib/domain/change/own-keys";
import type { OpenChange } from "./change-store";
import type { Rank } from "./turns";

/** A brake and what ends it come first, then whatever is for one unit, then rollouts. */
export function rankOf({ kind, units, idempotencyKey }: Pick<OpenChange, "kind" | "units" | "idempotencyKey">): Rank {
  if (kind === "brake" || kind === "brake-release" || idempotencyKey.startsWith(BRAKE_END)) return 0;
  return units > 1 ? 2 : 1;
}
