import { type Clock, isoNow } from "@/lib/collector/clock";
import type { CollectorMetrics } from "@/lib/collector/collector-metrics";
import type { Log } from "@/lib/collector/ports";
import { runSlices } from "@/lib/collector/run-slices";
import type { AssembledFleet, FleetInput } from "@/lib/domain/assemble/assemble-fleet";
import type { ActiveBrake } from "@/lib/domain/change/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { type Acknowledgement, EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { Registry } from "@/lib/domain/registry";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import { createFleetVersions, type FleetVersions } from "./fleet-versions";

export type Assemble = (input: FleetInput, previous?: FleetSnapshot) => Steps<AssembledFleet>;

export interface FleetKeeper {
  versions: FleetVersions;
  /** Something changed: a new version is due, soon. */
  changed: () => void;
  /** Answers when a version is out that shows everything there was at the time of the call. */
  flush: () => Promise<void>;
  stop: () => Promise<void>;
}

export interface FleetKeeperOptions {
  assemble: Assemble;
  registry: () => Registry;
  clusters: () => readonly ClusterSnapshot[];
  /** Since when conditions are so that were written down, a new map each time; a condition that could not be judged for a while goes on where it was. */
  openSince: () => Map<string, string>;
  /** Which conditions people have seen. */
  acknowledgements: () => ReadonlyMap<string, Acknowledgement>;
  /** Which tenants are under a brake. */
  brakes: () => ReadonlyMap<string, ActiveBrake>;
  /** What the slow checks found last. */
  posture?: () => NonNullable<FleetInput["posture"]>;
  /** Who is noisy, as judged last. */
  noise?: () => NonNullable<FleetInput["noise"]>;
  clock: Clock;
  settings: { assembleEveryMs: number; keepVersionsMs: number };
  log: Log;
  metrics: CollectorMetrics;
  /** Told of each version once it is out. Does not reject. */
  onFleet: (fleet: FleetSnapshot) => void;
}

/** Parts that are read at the same time come in one after the other. */
const SETTLE_MS = 1_000;
/** A version that takes long to make comes more rarely, so that most of the time is left for answers; but not much more rarely. */
const REST_FACTOR = 4;
const STRETCH_MAX = 3;

/** Joins declarations and snapshots again and again as they change, never twice at a time. Answers with the first version out. */
export async function startFleetKeeper(options: FleetKeeperOptions): Promise<FleetKeeper> {
  const { clock, settings, log } = options;
  // Versions of different runs must differ: a browser may come back with one from before a restart.
  const run = clock.now().toString(36);
  let number = 0;
  let memory = EMPTY_MEMORY;
  let cancel: (() => void) | null = null;
  let startedAtMs = Number.NEGATIVE_INFINITY;
  let tookMs = 0;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let stopped = false;

  async function assembleOnce(previous: FleetSnapshot | undefined): Promise<FleetSnapshot> {
    const end = options.metrics.assemblySeconds.startTimer();
    startedAtMs = clock.now();
    const conditionsSince = options.openSince();
    for (const [id, since] of memory.conditionsSince) conditionsSince.set(id, since);
    const known = { ...memory, conditionsSince, acknowledgements: options.acknowledgements(), brakes: options.brakes() };
    const posture = options.posture === undefined ? {} : { posture: options.posture() };
    const noise = options.noise === undefined ? {} : { noise: options.noise() };
    const input = { registry: options.registry(), clusters: options.clusters(), memory: known, ...posture, ...noise, at: isoNow(clock) };
    const assembled = await runSlices(options.assemble(input, previous));
    memory = assembled.memory;
    tookMs = clock.now() - startedAtMs;
    end();
    return { ...assembled.fleet, version: `${run}-${++number}` };
  }

  const versions = createFleetVersions(await assembleOnce(undefined), clock, settings.keepVersionsMs);
  // What is read first is waited for by people who just opened a page.
  startedAtMs = Number.NEGATIVE_INFINITY;

  async function publishNext(): Promise<void> {
    cancel?.();
    cancel = null;
    try {
      const fleet = await assembleOnce(versions.get());
      versions.publish(fleet);
      options.onFleet(fleet);
    } catch (error) {
      log.error({ err: error }, "The fleet could not be put together; the last version stays.");
    }
  }

  /** The run after the one under way, if any: only it is sure to see what is there now. */
  function assembleAgain(): Promise<void> {
    if (running === null) {
      running = publishNext().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running.then(() => {
      next = null;
      return assembleAgain();
    });
    return next;
  }

  function changed(): void {
    if (stopped || cancel !== null) return;
    const { assembleEveryMs } = settings;
    const restMs = Math.min(Math.max(assembleEveryMs, tookMs * REST_FACTOR), assembleEveryMs * STRETCH_MAX);
    const delayMs = Math.max(SETTLE_MS, startedAtMs + restMs - clock.now());
    cancel = clock.after(delayMs, () => void assembleAgain());
  }

  return {
    versions,
    changed,
    flush: assembleAgain,
    async stop() {
      stopped = true;
      cancel?.();
      await next;
      await running;
    },
  };
}
