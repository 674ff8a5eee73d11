import { isKnown } from "./observed";
import type { DirectionUse, RowUse } from "./views/use";

/** What a row of a list says of a direction. */
export function rowUse({ state, bytesPerSecond, worst, promise, note }: DirectionUse): RowUse {
  const known = isKnown(bytesPerSecond);
  const row: RowUse = {
    state,
    bytesPerSecond: known ? bytesPerSecond.value : null,
    source: bytesPerSecond.source,
    share: worst?.share ?? null,
    worstBytesPerSecond: worst?.bytesPerSecond ?? null,
    brokerId: worst?.brokerId ?? null,
    throttleMs: worst?.throttleMs ?? null,
    promiseShare: promise?.share ?? null,
  };
  if (known && bytesPerSecond.atLeast) row.atLeast = true;
  if (known && bytesPerSecond.error !== undefined) row.error = bytesPerSecond.error;
  const reason = known ? (state === "unknown" ? note : null) : bytesPerSecond.reason;
  if (reason !== null) row.reason = reason;
  return row;
}
