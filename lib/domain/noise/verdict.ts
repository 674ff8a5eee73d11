import { type LevelMemory, LOUD_SHARE, LOUD_TIMES, type Verdict } from "./noise";

/** What a verdict is made from. No quota, no override and no throttling is among it: the remedy cannot make it look worse. */
export interface VerdictInput {
  share: number;
  /** null: nothing is promised to it. */
  entitlement: number | null;
  /** Its total over all placements against its promise, in the direction of the resource. */
  promise: "within" | "above" | "unknown" | "none";
  /** Since when the broker is under pressure; null: it is not. */
  pressureSinceMs: number | null;
  atMs: number;
  /** A rise that was read this much after the pressure began counts as no later: both are seen at the same reading. */
  toleranceMs: number;
}

/** Readings until a state begins and until it ends. */
export interface Pace {
  on: number;
  off: number;
}

/** Two exporter intervals to find it, three calm ones to believe its end. */
const MINUTES: Pace = { on: 2, off: 3 };
/** Once loud, a tenant is so until it takes this much less. */
const RELIEF = 0.8;

const FRESH: LevelMemory = { overSinceMs: null, overReadings: 0, underReadings: 0, isOn: false, peak: 0 };

export interface Judged {
  verdict: Verdict;
  sinceMs: number | null;
  memory: LevelMemory;
}

/** How loud a tenant is on a broker, and whether it is to blame. */
export function judge(input: VerdictInput, before: LevelMemory = FRESH, pace: Pace = MINUTES): Judged {
  const { share, entitlement, promise, atMs } = input;
  if (entitlement === null || promise === "none") return { verdict: "unpromised", sinceMs: null, memory: FRESH };
  const factor = before.isOn ? RELIEF : 1;
  const times = timesOf(share, entitlement);
  const isOver = promise === "above" && share >= LOUD_SHARE * factor && times >= LOUD_TIMES * factor;
  const overSinceMs = isOver ? (before.overSinceMs ?? atMs) : before.isOn ? before.overSinceMs : null;
  const overReadings = isOver ? before.overReadings + 1 : 0;
  const underReadings = isOver ? 0 : before.underReadings + 1;
  const isOn = before.isOn ? underReadings < pace.off : overReadings >= pace.on;
  const memory: LevelMemory = {
    overSinceMs: isOn || isOver ? overSinceMs : null,
    overReadings,
    underReadings,
    isOn,
    peak: isOn || isOver ? Math.max(before.peak, share) : 0,
  };
  if (!isOn) return { verdict: promise === "within" && share >= LOUD_SHARE ? "inside" : "quiet", sinceMs: null, memory };
  // Within its promise it is not blamed, not even while the end of a state is awaited.
  if (promise === "within") return { verdict: "inside", sinceMs: null, memory };
  return { verdict: isToBlame(input, overSinceMs) ? "noisy" : "loud", sinceMs: overSinceMs, memory };
}

export function timesOf(share: number, entitlement: number): number {
  if (entitlement > 0) return share / entitlement;
  return share > 0 ? Number.POSITIVE_INFINITY : 0;
}

function isToBlame({ pressureSinceMs, toleranceMs }: VerdictInput, overSinceMs: number | null): boolean {
  return pressureSinceMs !== null && overSinceMs !== null && overSinceMs <= pressureSinceMs + toleranceMs;
}
