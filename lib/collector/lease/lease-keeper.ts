import type { Clock } from "@/lib/collector/clock";
import type { Log } from "@/lib/collector/ports";
import type { CollectorSettings } from "@/lib/collector/settings";
import type { Lease } from "@/lib/store";

export interface LeasePort {
  acquire: (name: string, holder: string, ttlMs: number) => Promise<Lease | null>;
  /** false: it is another's by now. */
  renew: (lease: Lease, ttlMs: number) => Promise<boolean>;
  release: (lease: Lease) => Promise<void>;
}

export interface LeaseKeeper {
  /** The lease while it is held; every write it protects carries it. */
  lease: () => Lease | null;
  /** Tries for the lease now and on the clock; answers after the first try. */
  start: () => Promise<void>;
  /** What a write that was refused for its fence says: the lease is another's. */
  lost: () => Promise<void>;
  /** Neither takes nor renews any more; what is held stays held. Answers when a step under way has ended. */
  halt: () => Promise<void>;
  /** Gives the lease back, after `halt`. Rejects when the store does not answer; the lease then runs out by itself. */
  release: () => Promise<void>;
}

export interface LeaseKeeperOptions {
  port: LeasePort;
  name: string;
  holder: string;
  clock: Clock;
  settings: CollectorSettings["lease"];
  log: Log;
  onHeld: () => Promise<void>;
  onLost: () => Promise<void>;
}

/**
 * Takes the lease whenever it is free and holds it. While the store does not answer nothing is known, so what is held stays
 * held: nobody else can take it over without the store, and every write carries the fence.
 */
export function createLeaseKeeper({ port, name, holder, clock, settings, log, onHeld, onLost }: LeaseKeeperOptions): LeaseKeeper {
  let held: Lease | null = null;
  let stopped = false;
  let cancel: (() => void) | null = null;
  let turn: Promise<void> = Promise.resolve();

  async function take(): Promise<void> {
    const lease = await port.acquire(name, holder, settings.ttlMs);
    if (lease === null) return;
    held = lease;
    try {
      await onHeld();
    } catch (error) {
      held = null;
      await port.release(lease);
      throw error;
    }
  }

  async function lose(): Promise<void> {
    if (held === null) return;
    held = null;
    log.warn({ lease: name }, "The lease has passed to another process, which does from now on what it stands for.");
    await onLost();
  }

  async function step(): Promise<void> {
    try {
      if (held === null) await take();
      else if (!(await port.renew(held, settings.ttlMs))) await lose();
    } catch (error) {
      log.warn({ lease: name, err: error }, "The lease could not be taken or renewed.");
    }
  }

  /** One step after the other, whoever asks for it. */
  function next(act: () => Promise<void>): Promise<void> {
    turn = turn.then(act).catch((error: unknown) => log.error({ lease: name, err: error }, "A change of the lease was not carried out."));
    return turn;
  }

  function schedule(): void {
    if (stopped) return;
    cancel = clock.after(settings.renewEveryMs, () => void next(step).then(schedule));
  }

  return {
    lease: () => held,
    async start() {
      await next(step);
      schedule();
    },
    lost: () => next(lose),
    async halt() {
      stopped = true;
      cancel?.();
      await turn;
    },
    async release() {
      if (held === null) return;
      const lease = held;
      held = null;
      await port.release(lease);
    },
  };
}
