import type { Clock } from "@/lib/collector/clock";
import { delayToNextTick, retryDelayMs } from "./next-tick";

export interface PartRunner {
  /** Begins to read on the clock, the first time after `delayMs`. */
  start: (delayMs: number) => void;
  /** Reads now, unless a reading is under way (which is then the answer) or the last good one began within `shareMs`. */
  run: (shareMs: number) => Promise<void>;
  /** Moves the next reading forward to `delayMs` from now, if it would come later; of one that is under way, to that long after it. */
  hasten: (delayMs: number) => void;
  /** No more readings; answers when the one under way has ended. */
  stop: () => Promise<void>;
}

export interface PartRunnerOptions {
  clock: Clock;
  intervalMs: number;
  phaseMs: number;
  /** Reads the part; false: it brought nothing and is tried again sooner. Does not reject. */
  read: () => Promise<boolean>;
}

/** Reads one part of one cluster again and again. There is never more than one reading of it under way. */
export function createPartRunner({ clock, intervalMs, phaseMs, read }: PartRunnerOptions): PartRunner {
  let running: Promise<void> | null = null;
  let cancel: (() => void) | null = null;
  let dueMs = Number.POSITIVE_INFINITY;
  let lastGoodStartMs = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let hastenedMs: number | null = null;
  let stopped = true;

  function schedule(delayMs: number): void {
    cancel?.();
    if (stopped) return;
    dueMs = clock.now() + delayMs;
    cancel = clock.after(delayMs, () => void begin());
  }

  function begin(): Promise<void> {
    running ??= readOnce().finally(() => {
      running = null;
      const regularMs = failures > 0 ? retryDelayMs(intervalMs, failures) : delayToNextTick(clock.now(), intervalMs, phaseMs);
      schedule(Math.min(regularMs, hastenedMs ?? regularMs));
      hastenedMs = null;
    });
    return running;
  }

  async function readOnce(): Promise<void> {
    cancel?.();
    const startMs = clock.now();
    if (await read()) {
      failures = 0;
      lastGoodStartMs = startMs;
    } else failures++;
  }

  return {
    start(delayMs) {
      stopped = false;
      schedule(delayMs);
    },
    run(shareMs) {
      if (running === null && clock.now() - lastGoodStartMs < shareMs) return Promise.resolve();
      return begin();
    },
    hasten(delayMs) {
      if (running !== null) hastenedMs = delayMs;
      else if (clock.now() + delayMs < dueMs) schedule(delayMs);
    },
    async stop() {
      stopped = true;
      cancel?.();
      await running;
    },
  };
}
