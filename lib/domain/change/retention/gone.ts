import type { Cut, PartitionLog } from "./cut";

/** What goes of a partition. `bytes` are estimated from the records' part of the log; null: not known. */
export interface Gone {
  records: number | null;
  recordsAtMost: number | null;
  /** Of the log, 0 to 1. */
  share: number | null;
  shareAtMost: number | null;
  bytes: number | null;
  bytesAtMost: number | null;
}

const UNKNOWN: Gone = { records: null, recordsAtMost: null, share: null, shareAtMost: null, bytes: null, bytesAtMost: null };

export const NOTHING_GONE: Gone = { records: 0, recordsAtMost: 0, share: 0, shareAtMost: 0, bytes: 0, bytesAtMost: 0 };

export function goneOf({ start, end, bytes }: PartitionLog, cut: Cut | null): Gone {
  if (cut === null || end === null) return UNKNOWN;
  if (start === null) return cut.atMost === 0n ? NOTHING_GONE : UNKNOWN;
  const log = Number(end - start);
  if (log <= 0) return NOTHING_GONE;
  const records = cut.offset === null ? null : above(cut.offset, start);
  const recordsAtMost = above(cut.atMost, start);
  const share = records === null ? null : records / log;
  const shareAtMost = recordsAtMost / log;
  return {
    records,
    recordsAtMost,
    share,
    shareAtMost,
    bytes: share === null || (bytes === null && share > 0) ? null : share * (bytes ?? 0),
    bytesAtMost: bytes === null && shareAtMost > 0 ? null : shareAtMost * (bytes ?? 0),
  };
}

/** How many offsets lie from one up to another; none where it is not before it. */
export function above(offset: bigint, from: bigint): number {
  return offset > from ? Number(offset - from) : 0;
}
