import type { Clock } from "@/lib/collector/clock";
import { isAppError } from "@/lib/domain/errors";
import type { ChangeLog } from "./batch/hands";
import type { ChangeStore, OpenChange } from "./change-store";
import { type Deadline, deadline } from "./deadline";
import type { ChangeSettings } from "./settings";

/**
 * Stores the revert of a change on the path of all changes. `attempt`: from 1; a revert that took nothing back may be followed by another.
 * Rejects with AppError `not_found` when what is left to take back is on clusters that are not connected any more.
 */
export type SubmitRevert = (changeId: number, why: string, attempt: number) => Promise<void>;

export interface BrakeEnds {
  /** Ends the brakes that are due. `unfinished`: all changes that are. */
  look: (unfinished: readonly OpenChange[]) => Promise<void>;
}

type DueBrake = Awaited<ReturnType<ChangeStore["activeBrakes"]>>[number];

interface Options {
  store: ChangeStore;
  clock: Clock;
  settings: ChangeSettings;
  log: ChangeLog;
  submitRevert: SubmitRevert;
}

/** Nothing that happens here brings back a cluster that is no longer connected: connections are read at the start. */
const NEVER: Deadline = { isOver: () => false, cancel: () => undefined };

interface Attempt {
  /** How often in a row it could not even be stored. */
  failures: number;
  /** Until then the last attempt is given its time. */
  again: Deadline;
}

/**
 * Takes brakes back when their time is over, by the database's clock. That a brake is in force, that a revert of it is under way, and how
 * many there were stands in the store; so nothing is forgotten by a restart, and a clock that is set neither skips an end nor brings it
 * twice. A brake that is still being written then is cancelled first, and an end that was paused goes on.
 */
export function createBrakeEnds({ store, clock, settings, log, submitRevert }: Options): BrakeEnds {
  const attempts = new Map<number, Attempt>();
  const underWay = new Set<number>();

  /** Never rejects. One that takes long holds up no other. */
  async function end({ id: changeId, brakeUntil, ends }: DueBrake): Promise<void> {
    const { failures, again } = attempts.get(changeId) ?? { failures: 0, again: null };
    if (underWay.has(changeId) || (again !== null && !again.isOver())) return;
    underWay.add(changeId);
    try {
      await submitRevert(changeId, `The brake's time was over at ${brakeUntil}.`, ends + 1);
      attempts.set(changeId, { failures: 0, again: deadline(clock, settings.brakeAgainMs * 2 ** Math.min(ends, 7)) });
    } catch (error) {
      if (isAppError(error) && error.code === "not_found") {
        attempts.set(changeId, { failures: failures + 1, again: NEVER });
        log.warn({ changeId, err: error }, "A brake is over and cannot be taken back; it is not tried again before the next start.");
        return;
      }
      const pauseMs = Math.min(settings.pollEveryMs * 2 ** failures, settings.brakeAgainMs);
      attempts.set(changeId, { failures: failures + 1, again: deadline(clock, pauseMs) });
      log.warn({ changeId, err: error }, "A brake is over and could not be taken back; it is tried again.");
    } finally {
      underWay.delete(changeId);
    }
  }

  /** Whoever paused it, or what is to end it: its time is over. */
  async function letEnd(brakeId: number, { id, wish }: OpenChange): Promise<void> {
    if (id === brakeId) {
      if (wish !== "cancel") await note(id, "cancel");
    } else if (wish === "pause") {
      await note(id, "go");
    }
  }

  async function note(changeId: number, wish: OpenChange["wish"]): Promise<void> {
    try {
      await store.setWish(changeId, wish);
    } catch (error) {
      // It came to its end meanwhile.
      if (!isAppError(error) || error.code !== "conflict") throw error;
    }
  }

  return {
    async look(unfinished) {
      const brakes = await store.activeBrakes();
      for (const id of attempts.keys()) if (!brakes.some((brake) => brake.id === id)) attempts.delete(id);
      // A brake of which nothing is written yet is not among those in force, and is to be written no more.
      const unwritten = unfinished.filter(({ id, kind }) => kind === "brake" && !brakes.some((brake) => brake.id === id));
      for (const { id, due } of [...brakes, ...unwritten]) {
        if (!due) continue;
        for (const change of unfinished) if (change.id === id || change.revertsId === id) await letEnd(id, change);
      }
      for (const brake of brakes) {
        const isUnderWay = unfinished.some(({ id, revertsId }) => id === brake.id || revertsId === brake.id);
        if (brake.due && !isUnderWay) void end(brake);
      }
    },
  };
}
