export interface ChangeSettings {
  /** false: carries nothing out; another process does. */
  carryOut: boolean;
  lease: { ttlMs: number; renewEveryMs: number };
  /** How often it is looked whether somebody stored or wished something, and whether a brake is over. */
  pollEveryMs: number;
  /** Units and operations of a rollout that are carried out together. */
  unitsPerBatch: number;
  operationsPerBatch: number;
  /** Where MSK's own API is used each topic costs calls of its own. */
  unitsPerMskBatch: number;
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
  unitsPerBatch: 50,
  operationsPerBatch: 2_000,
  unitsPerMskBatch: 10,
  retryForMs: 120_000,
  seenWithinMs: 30_000,
  seenInMskWithinMs: 180_000,
  brakeAgainMs: 30_000,
  stopDeadlineMs: 5_000,
};
