/** How often the event loop is looked at. */
const EVERY_MS = 10;

export interface LoopWatch {
  /** The longest delays since it was last asked for. */
  take: () => LoopDelays;
  stop: () => void;
}

export interface LoopDelays {
  maxMs: number;
  /**
   * The longest of what the process itself accounts for: of each delay no more than the processor time that all of its threads took
   * meanwhile. On a machine whose processors are busy with others a delay can be many times as long.
   */
  ownMaxMs: number;
}

export interface LoopClock {
  nowMs: () => number;
  /** Processor time of all threads of the process. */
  processorMs: () => number;
  /** Calls again and again; answers with what ends it. */
  every: (ms: number, act: () => void) => () => void;
}

/** Looks how late the event loop comes round. A turn that is under way when somebody asks counts for who asks next. */
export function watchLoop(clock: LoopClock = realClock): LoopWatch {
  let atMs = clock.nowMs();
  let processorMs = clock.processorMs();
  let delays: LoopDelays = { maxMs: 0, ownMaxMs: 0 };
  const stop = clock.every(EVERY_MS, () => {
    const before = { atMs, processorMs };
    atMs = clock.nowMs();
    processorMs = clock.processorMs();
    const delayMs = Math.max(0, atMs - before.atMs - EVERY_MS);
    const ownMs = Math.min(delayMs, processorMs - before.processorMs);
    delays = { maxMs: Math.max(delays.maxMs, delayMs), ownMaxMs: Math.max(delays.ownMaxMs, ownMs) };
  });
  return {
    take() {
      const taken = delays;
      delays = { maxMs: 0, ownMaxMs: 0 };
      return taken;
    },
    stop,
  };
}

const realClock: LoopClock = {
  nowMs: () => performance.now(),
  processorMs() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  every(ms, act) {
    const timer = setInterval(act, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};
