import type { Clock } from "@/lib/collector/clock";
import type { ClusterHost } from "@/lib/collector/cluster/cluster-host";
import type { CollectorMetrics } from "@/lib/collector/collector-metrics";
import type { CollectorStore } from "@/lib/collector/collector-store";
import type { Log } from "@/lib/collector/ports";
import { runSlices } from "@/lib/collector/run-slices";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ClusterMinute } from "@/lib/store";
import { createMinuteBook } from "./minute-book";

const MINUTE_MS = 60_000;
/** A reading made at the end of a minute is shown by the fleet a little later; the minute is not closed before. */
const GRACE_MS = 15_000;
/** Minutes that wait for a store that does not answer. */
const UNWRITTEN_MAX = 60;

export interface RollupWriter {
  /** Takes the new readings of the clusters that this process reads. */
  add: (fleet: FleetSnapshot) => Promise<void>;
  /** Writes the minutes that are over, and rolls them up. */
  writeEnded: () => Promise<void>;
  /** Writes what there is of the present minute too: another process goes on with it, or nobody. */
  writeAll: () => Promise<void>;
}

export interface RollupWriterOptions {
  store: CollectorStore;
  clock: Clock;
  log: Log;
  metrics: CollectorMetrics;
  hosts: () => readonly ClusterHost[];
}

/** Turns what the fleet shows, minute by minute, into rows. A minute without a reading has no row. */
export function createRollupWriter({ store, clock, log, metrics, hosts }: RollupWriterOptions): RollupWriter {
  const book = createMinuteBook(clock.now());
  const unwritten = new Map<string, ClusterMinute[]>();
  const rolledUp = new Map<string, number>();
  let adding: Promise<void> = Promise.resolve();

  async function addNow(fleet: FleetSnapshot): Promise<void> {
    for (const host of hosts()) if (host.isHeld()) await runSlices(book.add(fleet, host.clusterId));
  }

  async function writeCluster(host: ClusterHost, endMs: number): Promise<void> {
    const ended = await runSlices(book.takeEnded(host.clusterId, endMs));
    const waiting = [...(unwritten.get(host.clusterId) ?? []), ...ended].slice(-UNWRITTEN_MAX);
    unwritten.delete(host.clusterId);
    const failed: ClusterMinute[] = [];
    for (const minute of waiting) {
      if (minute.tenants.length === 0) continue;
      const outcome = await host.write("write-minute", (fence) => store.writeMinute(minute, fence, new Date(clock.now())));
      if (outcome === "written") metrics.rollupRows.inc({ cluster: host.clusterId }, minute.tenants.length);
      else if (outcome === "failed") failed.push(minute);
    }
    if (failed.length > 0) unwritten.set(host.clusterId, failed);
  }

  /** Also without a new minute: a bucket may have ended since the last one. */
  async function rollUp(host: ClusterHost): Promise<void> {
    const minute = Math.floor(clock.now() / MINUTE_MS);
    if (rolledUp.get(host.clusterId) === minute) return;
    const outcome = await host.write("roll-up", (fence) => store.rollUp(host.clusterId, fence, new Date(clock.now())));
    if (outcome === "written") rolledUp.set(host.clusterId, minute);
  }

  async function write(endMs: number): Promise<void> {
    await adding;
    for (const host of hosts()) {
      if (!host.isHeld()) continue;
      await writeCluster(host, endMs);
      await rollUp(host);
    }
  }

  return {
    add(fleet) {
      adding = adding
        .then(() => addNow(fleet))
        .catch((error: unknown) => log.error({ err: error }, "Readings could not be added to their minute."));
      return adding;
    },
    writeEnded: () => write(clock.now() - GRACE_MS),
    writeAll: () => write(Number.POSITIVE_INFINITY),
  };
}
