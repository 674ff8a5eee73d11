import type { Clock } from "@/lib/collector/clock";
import type { Fence } from "@/lib/store";

/** Thrown where work has to stop because this process no longer carries changes out; whoever does next goes on with it. */
export class TenureEnded extends Error {
  constructor() {
    super("This process no longer carries changes out.");
    this.name = "TenureEnded";
  }
}

/** The time in which this process holds the lease. All work of it stops at its end, wherever it is. */
export interface Tenure {
  readonly fence: Fence;
  hasEnded: () => boolean;
  /** Throws `TenureEnded`; asked before every effect. */
  checkpoint: () => void;
  /** Rejects with `TenureEnded` as soon as it ends. */
  sleep: (ms: number) => Promise<void>;
  end: () => void;
}

export function beginTenure(fence: Fence, clock: Clock): Tenure {
  let ended = false;
  const sleepers = new Set<() => void>();
  return {
    fence,
    hasEnded: () => ended,
    checkpoint() {
      if (ended) throw new TenureEnded();
    },
    sleep: (ms) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new TenureEnded());
        const stop = () => {
          cancel();
          reject(new TenureEnded());
        };
        const cancel = clock.after(ms, () => {
          sleepers.delete(stop);
          resolve();
        });
        sleepers.add(stop);
      }),
    end() {
      ended = true;
      for (const stop of sleepers) stop();
      sleepers.clear();
    },
  };
}
