import { endAt } from "@/lib/domain/lag/end-at";
import type { EndPoint } from "@/lib/domain/snapshot";
import type { Limits } from "./limits";

/** A partition as it was last seen; null: not known. */
export interface PartitionLog {
  start: bigint | null;
  end: bigint | null;
  /** The leader's log. */
  bytes: number | null;
  points: readonly EndPoint[];
}

/** Up to where a log is past its limits. Whole segments go, so what goes ends at or before this offset. */
export interface Cut {
  /** null: it is not known when the records arrived, or how large the log is. */
  offset: bigint | null;
  /** Nothing at or after it goes. */
  atMost: bigint;
}

/** When the ends were read, and the time from which ages are counted. */
export interface Clock {
  nowMs: number;
  endsAtMs: number;
}

const NOTHING: Cut = { offset: 0n, atMost: 0n };

/** Kafka deletes the oldest segments while they are too old or the log is too large. null: the end of the partition is not known. */
export function cutOf(log: PartitionLog, limits: Limits, { nowMs, endsAtMs }: Clock): Cut | null {
  const { end, start, points } = log;
  if (end === null) return null;
  const byTime = limits.ms === null ? { offset: null, atMost: end } : endAt(points, end, endsAtMs, nowMs - limits.ms);
  const bySize = sizeCut(log, end, limits.bytes);
  const atMost = greater(byTime.atMost, bySize.atMost);
  const known = greater(byTime.offset ?? 0n, bySize.offset ?? 0n);
  const isKnown = (byTime.offset !== null || byTime.atMost <= known) && (bySize.offset !== null || bySize.atMost <= known);
  if (isKnown) return { offset: known, atMost };
  // Whatever is there arrived after the first saved end, and so after the cut.
  return start !== null && atMost <= start ? { offset: start, atMost: start } : { offset: null, atMost };
}

function sizeCut({ bytes, start }: PartitionLog, end: bigint, limit: number | null): Cut {
  if (limit === Number.POSITIVE_INFINITY) return NOTHING;
  if (limit === null || bytes === null) return { offset: null, atMost: end };
  if (bytes <= limit) return NOTHING;
  if (start === null) return { offset: null, atMost: end };
  const offset = start + BigInt(Math.floor((Number(end - start) * (bytes - limit)) / bytes));
  return { offset, atMost: offset };
}

function greater(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
