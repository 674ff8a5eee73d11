import type { ActiveBrake } from "./change/facts";
import type { ConditionView } from "./views/common";

/**
 * What one moment alone cannot show: since when something is so. It comes out of each assembly and goes into the next; a process that
 * starts fills `conditionsSince` from the conditions its store still has open, and leaves the rest empty.
 */
export interface FleetMemory {
  /** What people have seen and do not want to be told, by the condition's id. Not concluded: it comes from the store. */
  acknowledgements: ReadonlyMap<string, Acknowledgement>;
  /** Brakes in force, by tenant. Not concluded: they come from the store's record of changes. */
  brakes: ReadonlyMap<string, ActiveBrake>;
  /** ISO time at which each open condition began, by the condition's id. */
  conditionsSince: ReadonlyMap<string, string>;
  /** Since when a bucket's rate is above its quota on one broker, in milliseconds; the key is `aboveQuotaKey`. */
  aboveQuotaSinceMs: ReadonlyMap<string, number>;
  /** Since when a group is seen without members, by cluster and group; `exact` when its last member was seen leaving. */
  emptySince: ReadonlyMap<string, { atMs: number; exact: boolean }>;
  /** Since when nothing is produced by a tenant, by its id. */
  silentSinceMs: ReadonlyMap<string, number>;
}

/** Who has seen a condition, until when they do not want to be told, and why. */
export type Acknowledgement = NonNullable<ConditionView["acknowledged"]>;

export const EMPTY_MEMORY: FleetMemory = {
  acknowledgements: new Map(),
  brakes: new Map(),
  conditionsSince: new Map(),
  aboveQuotaSinceMs: new Map(),
  emptySince: new Map(),
  silentSinceMs: new Map(),
};
