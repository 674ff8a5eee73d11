import type { OpenChange } from "./change-store";
import type { Rank } from "./turns";

/** How a brake's own revert is asked for, so that it is asked for once. */
const BRAKE_END = "brake-end-";

export function brakeEndKey(changeId: number, attempt: number): string {
  return attempt === 1 ? `${BRAKE_END}${changeId}` : `${BRAKE_END}${changeId}-${attempt}`;
}

/** A brake and what ends it come first, then whatever is for one unit, then rollouts. */
export function rankOf({ kind, units, idempotencyKey }: Pick<OpenChange, "kind" | "units" | "idempotencyKey">): Rank {
  if (kind === "brake" || kind === "brake-release" || idempotencyKey.startsWith(BRAKE_END)) return 0;
  return units > 1 ? 2 : 1;
}
