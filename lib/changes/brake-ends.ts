import type { Clock } from "@/lib/collector/clock";
import type { ChangeLog } from "./batch/hands";
import type { ChangeStore, OpenChange } from "./change-store";
import { type Deadline, deadline } from "./deadline";
import type { ChangeSettings } from "./settings";

/** Stores the revert of a change on the path of all changes. `attempt`: from 1; a revert that took nothing back may be followed by another. */
export type SubmitRevert = (changeId: number, why: string, attempt: number) => Promise<void>;

export interface BrakeEnds {
  /** Ends the brakes that are due. `unfinished`: all changes that are. */
  look: (unfinished: readonly OpenChange[]) => Promise<void>;
}

interface Options {
  store: ChangeStore;
  clock: Clock;
  settings: ChangeSettings;
  log: ChangeLog;
  submitRevert: SubmitRevert;
}

interface Attempts {
  count: number;
  /** Until then the last attempt is given its time. */
  again: Deadline;
}

/**
 * Takes brakes back when their time is over, by the database's clock. That a brake is in force, and that a revert of it is under way,
 * stands in the store; so nothing is forgotten by a restart, and a clock that is set neither skips an end nor brings it twice.
 */
export function createBrakeEnds({ store, clock, settings, log, submitRevert }: Options): BrakeEnds {
  const attempts = new Map<number, Attempts>();
  const underWay = new Set<number>();

  /** Never rejects. One that takes long holds up no other. */
  async function end(changeId: number, until: string | null): Promise<void> {
    const { count, again } = attempts.get(changeId) ?? { count: 0, again: null };
    if (underWay.has(changeId) || (again !== null && !again.isOver())) return;
    underWay.add(changeId);
    try {
      await submitRevert(changeId, `The brake's time was over at ${until}.`, count + 1);
      attempts.set(changeId, { count: count + 1, again: deadline(clock, settings.brakeAgainMs * 2 ** Math.min(count, 7)) });
    } catch (error) {
      log.warn({ changeId, err: error }, "A brake is over and could not be taken back; it is tried again.");
    } finally {
      underWay.delete(changeId);
    }
  }

  return {
    async look(unfinished) {
      const brakes = await store.activeBrakes();
      for (const id of attempts.keys()) if (!brakes.some((brake) => brake.id === id)) attempts.delete(id);
      for (const { id, brakeUntil, due } of brakes) {
        const isUnderWay = unfinished.some((change) => change.id === id || change.revertsId === id);
        if (due && !isUnderWay) void end(id, brakeUntil);
      }
    },
  };
}
