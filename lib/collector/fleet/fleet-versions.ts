import type { Clock } from "@/lib/collector/clock";
import { listUpdated } from "@/lib/domain/errors";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { thinFleet } from "./thin-fleet";

export interface FleetVersions {
  /** Makes this the newest version. */
  publish: (fleet: FleetSnapshot) => void;
  /** The newest, or the one with this version, thinned out; throws AppError `precondition_failed` when it is gone. */
  get: (version?: string) => FleetSnapshot;
  /** The newest, for the collector itself: looking at it hands it out to nobody. */
  newest: () => FleetSnapshot;
  count: () => number;
}

interface Entry {
  fleet: FleetSnapshot;
  /** null: the newest. */
  replacedAtMs: number | null;
  /** Whether anybody was given it: a list may point at it. */
  given: boolean;
}

/** Keeps versions that were handed out for a while after a newer one came, so that a list can be paged through. */
export function createFleetVersions(first: FleetSnapshot, clock: Clock, keepMs: number): FleetVersions {
  let newest: Entry = { fleet: first, replacedAtMs: null, given: false };
  let entries: Entry[] = [newest];

  function prune(): void {
    const now = clock.now();
    entries = entries.filter(({ replacedAtMs, given }) => replacedAtMs === null || (given && now - replacedAtMs < keepMs));
  }

  return {
    publish(fleet) {
      newest.replacedAtMs = clock.now();
      if (newest.given) newest.fleet = thinFleet(newest.fleet);
      newest = { fleet, replacedAtMs: null, given: false };
      entries.push(newest);
      prune();
    },
    get(version) {
      prune();
      const entry = version === undefined ? newest : entries.find(({ fleet }) => fleet.version === version);
      if (entry === undefined) throw listUpdated();
      entry.given = true;
      return entry.fleet;
    },
    newest: () => newest.fleet,
    count: () => entries.length,
  };
}
