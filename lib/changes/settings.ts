export interface ChangeSettings {
  /** false: carries nothing out; another process does. */
  carryOut: boolean;
  lease: { ttlMs: number; renewEveryMs: number };
  /** How often it is looked whether somebody stored or wished something, and whether a brake is over. */
  pollEveryMs: number;
  /** Units and operations of a rollout that are carried out together at the most. */
  batch: { units: number; operations: number };
  /** The same where MSK's own API is used, which costs calls of its own for each topic. */
  mskBatch: { units: number; operations: number };
  /** What fails for a moment is tried again for so long. */
  retryForMs: number;
  /** A value that was written must be seen within this time, or it is `unverified`. MSK's answers are up to a minute old. */
  seenWithinMs: number;
  seenInMskWithinMs: number;
  /** A revert of a brake that took nothing back is asked for again after this time, twice as long each time. */
  brakeAgainMs: number;
  stopDeadlineMs: number;
}

export const DEFAULT_CHANGE_SETTINGS: ChangeSettings = {
  carryOut: true,
  lease: { ttlMs: 15_000, renewEveryMs: 5_000 },
  pollEveryMs: 1_000,
  batch: { units: 50, operations: 1_000 },
  mskBatch: { units: 10, operations: 100 },
  retryForMs: 120_000,
  seenWithinMs: 30_000,
  seenInMskWithinMs: 180_000,
  brakeAgainMs: 30_000,
  stopDeadlineMs: 5_000,
};
