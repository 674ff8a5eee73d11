import type { Clock } from "./clock";
import type { CollectorMetrics } from "./collector-metrics";
import type { CollectorStore } from "./collector-store";
import type { ConditionOwner } from "./conditions/condition-writer";
import { type Every, every } from "./every";
import { createLeaseKeeper } from "./lease/lease-keeper";
import type { Log } from "./ports";
import type { CollectorSettings } from "./settings";
import { tryStore } from "./store-writes";

/** Work that one process does for all clusters: conditions of no cluster, dropping what is too old, and the database's upkeep. */
export interface SharedWork extends ConditionOwner {
  start: () => Promise<void>;
  stop: () => Promise<void>;
}

export interface SharedWorkOptions {
  store: CollectorStore;
  clock: Clock;
  settings: CollectorSettings;
  log: Log;
  metrics: CollectorMetrics;
}

const PRUNE_EVERY_MS = 3_600_000;
const FIRST_PRUNE_MS = 30_000;

export function createSharedWork({ store, clock, settings, log, metrics }: SharedWorkOptions): SharedWork {
  const told = { log, metrics };
  const keeper = createLeaseKeeper({
    port: { acquire: store.acquireLease, renew: store.renewLease, release: store.releaseLease },
    name: "shared",
    holder: store.holder,
    clock,
    settings: settings.lease,
    log,
    onHeld: async () => undefined,
    onLost: async () => undefined,
  });
  let turns: Every[] = [];

  async function prune(): Promise<void> {
    const fence = keeper.lease();
    if (fence === null) return;
    await tryStore("close-month", told, () => store.closeMonth(new Date(clock.now()), fence));
    await tryStore("prune", told, () => store.pruneRollups(new Date(clock.now())));
    await tryStore("prune-noise", told, () => store.pruneNoise(new Date(clock.now())));
    await tryStore("prune-conditions", told, () => store.pruneConditions(new Date(clock.now())));
  }
  async function maintain(): Promise<void> {
    if (keeper.lease() !== null) await tryStore("maintain", told, store.maintain);
  }

  return {
    clusterId: null,
    isHeld: () => keeper.lease() !== null,
    async write(operation, work) {
      const fence = keeper.lease();
      if (fence === null) return "refused";
      const outcome = await tryStore(operation, told, () => work(fence));
      if (outcome === "refused") void keeper.lost();
      return outcome;
    },
    async start() {
      if (!settings.collect) return;
      turns = [
        every({ clock, log, firstMs: FIRST_PRUNE_MS, pauseMs: PRUNE_EVERY_MS }, prune),
        every({ clock, log, firstMs: settings.maintainEveryMs, pauseMs: settings.maintainEveryMs }, maintain),
      ];
      await keeper.start();
    },
    async stop() {
      await Promise.all([keeper.halt(), ...turns.map((turn) => turn.stop())]);
      await tryStore("release-lease", told, keeper.release);
    },
  };
}
