import type { KafkaClock } from "@/lib/kafka/clock";

/** A clock that a test turns: nothing runs until `advance`. */
export interface ManualClock extends KafkaClock {
  /** Runs what is due within the time, in order. */
  advance(ms: number): void;
  /** Milliseconds until each thing that waits, soonest first. */
  waiting(): number[];
}

export function createManualClock(startMs = 0): ManualClock {
  let nowMs = startMs;
  let timers: { at: number; run: () => void }[] = [];
  return {
    now: () => nowMs,
    after(delayMs, run) {
      const timer = { at: nowMs + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance(ms) {
      const until = nowMs + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        timers = timers.filter((one) => one !== next);
        nowMs = next.at;
        next.run();
      }
      nowMs = until;
    },
    waiting: () => timers.map(({ at }) => at - nowMs).sort((a, b) => a - b),
  };
}
