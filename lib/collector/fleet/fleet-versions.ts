import type { Clock } from "@/lib/collector/clock";
import { listUpdated } from "@/lib/domain/errors";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { thinFleet } from "./thin-fleet";

export interface FleetVersions {
  /** Makes this the newest version. */
  publish: (fleet: FleetSnapshot) => void;
  /** The newest, or the one with this version, thinned out; throws AppError `precondition_failed` when it is gone. */
  get: (version?: string) => FleetSnapshot;
  count: () => number;
}

interface Entry {
  fleet: FleetSnapshot;
  /** null: the newest. */
  replacedAtMs: number | null;
}

/** Keeps versions that a cursor points at for a while after a newer one came, so that a list can be paged through. */
export function createFleetVersions(first: FleetSnapshot, clock: Clock, keepMs: number): FleetVersions {
  let newest: Entry = { fleet: first, replacedAtMs: null };
  let entries: Entry[] = [newest];

  function prune(): void {
    const now = clock.now();
    entries = entries.filter(({ fleet, replacedAtMs }) => replacedAtMs === null || (isPointedAt(fleet) && now - replacedAtMs < keepMs));
  }

  return {
    publish(fleet) {
      newest.replacedAtMs = clock.now();
      newest.fleet = thinFleet(newest.fleet, entries.at(-2)?.fleet);
      newest = { fleet, replacedAtMs: null };
      entries.push(newest);
      prune();
    },
    get(version) {
      prune();
      const entry = version === undefined ? newest : entries.find(({ fleet }) => fleet.version === version);
      if (entry === undefined) throw listUpdated();
      return entry.fleet;
    },
    count: () => entries.length,
  };
}

function isPointedAt({ lists, listsWithin }: FleetSnapshot): boolean {
  return lists.size > 0 || listsWithin.size > 0;
}
