import { SOURCES, type Source } from "@/lib/domain/observed";
import type { DirectionMinute } from "./types";

/**
 * Bits of a `flags` column. A judgement takes two: whether it could be made, and what it was. The lowest two are the source, an
 * index of SOURCES: the greater, the weaker. A summary has the source and `atLeast` alone.
 */
export const FLAG = {
  source: 3,
  atLeast: 1 << 2,
  nearKnown: 1 << 3,
  near: 1 << 4,
  throttleKnown: 1 << 5,
  throttled: 1 << 6,
  belowPromiseKnown: 1 << 7,
  belowPromise: 1 << 8,
  promiseKnown: 1 << 9,
  abovePromise: 1 << 10,
} as const;

export function packFlags(minute: DirectionMinute): number {
  return (
    SOURCES.indexOf(minute.source) |
    (minute.atLeast ? FLAG.atLeast : 0) |
    pack(minute.near, FLAG.nearKnown, FLAG.near) |
    pack(minute.throttled, FLAG.throttleKnown, FLAG.throttled) |
    pack(minute.throttledBelowPromise, FLAG.belowPromiseKnown, FLAG.belowPromise) |
    pack(minute.abovePromise, FLAG.promiseKnown, FLAG.abovePromise)
  );
}

export function unpackOrigin(flags: number): { source: Source; atLeast: boolean } {
  return { source: SOURCES[flags & FLAG.source] ?? "reported", atLeast: (flags & FLAG.atLeast) !== 0 };
}

function pack(judgement: boolean | null, known: number, so: number): number {
  return judgement === null ? 0 : known | (judgement ? so : 0);
}
