import { type Clock, isoNow } from "@/lib/collector/clock";
import type { ClusterHost } from "@/lib/collector/cluster/cluster-host";
import type { CollectorStore } from "@/lib/collector/collector-store";
import type { Log } from "@/lib/collector/ports";
import { runSlices } from "@/lib/collector/run-slices";
import type { Finding } from "@/lib/domain/conditions/condition";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { EMPTY_NOISE_MEMORY, judgeCluster } from "@/lib/domain/noise/judge-cluster";
import type { ClusterNoise, NoiseMemory } from "@/lib/domain/noise/noise";
import { adoptedNoise, rememberOpen } from "@/lib/domain/noise/remember-open";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ConditionView } from "@/lib/domain/views/common";
import { noiseEntries } from "./noise-entries";

export type NoiseBook = ReadonlyMap<string, ClusterNoise>;

export interface NoiseKeeper {
  noise: () => NoiseBook;
  /** Judges each reading of the clusters that this process reads, once. Does not reject. */
  sweep: (fleet: FleetSnapshot) => Promise<void>;
}

export interface NoiseKeeperOptions {
  hosts: () => readonly ClusterHost[];
  store: CollectorStore;
  clock: Clock;
  log: Log;
  /** What the store had open at the start: an episode goes on where it was. */
  open: readonly ConditionView[];
  /** Somebody began or ceased to be noisy: the fleet is to show it. */
  onChange: () => void;
}

interface Judged {
  /** Time of the reading that was judged last. */
  at: string;
  memory: NoiseMemory;
}

/** How often it is looked for what others wrote down. */
const ADOPT_EVERY_MS = 15_000;

export function createNoiseKeeper({ hosts, store, clock, log, open, onChange }: NoiseKeeperOptions): NoiseKeeper {
  let book = new Map<string, ClusterNoise>();
  const judged = new Map<string, Judged>();
  let adoptedAtMs = Number.NEGATIVE_INFINITY;
  let sweeping: Promise<void> = Promise.resolve();

  async function judgeHeld(host: ClusterHost, fleet: FleetSnapshot): Promise<boolean> {
    const { clusterId } = host;
    const cluster = fleet.clusters.get(clusterId);
    const at = cluster === undefined ? null : readingOf(cluster);
    const before = judged.get(clusterId);
    if (cluster === undefined || at === null || (before !== undefined && at <= before.at)) return false;
    const memory = before?.memory ?? rememberOpen(EMPTY_NOISE_MEMORY, open, clusterId);
    const { noise, memory: next } = await runSlices(judgeCluster(fleet, cluster, memory, clock.now()));
    judged.set(clusterId, { at, memory: next });
    const known = book.get(clusterId);
    book = new Map(book).set(clusterId, noise);
    if (noise.unseen === null) {
      const entries = noiseEntries(noise.levels);
      await host.write("write-noise", (fence) => store.writeNoise({ clusterId, atMs: Date.parse(noise.at), entries }, fence));
    }
    return keysOf(known?.findings ?? []) !== keysOf(noise.findings);
  }

  async function sweepOnce(fleet: FleetSnapshot): Promise<void> {
    let changed = false;
    for (const host of hosts()) {
      if (host.isHeld()) changed = (await judgeHeld(host, fleet)) || changed;
      // Whoever reads it now has its memory; what is written down is where this process would go on.
      else judged.delete(host.clusterId);
    }
    if ((await adoptOthers()) || changed) onChange();
  }

  /** Of clusters that another process reads: what that one wrote down. */
  async function adoptOthers(): Promise<boolean> {
    const others = hosts().filter((host) => !host.isHeld());
    if (others.length === 0 || clock.now() - adoptedAtMs < ADOPT_EVERY_MS) return false;
    adoptedAtMs = clock.now();
    const stored = await store.openConditions();
    let changed = false;
    for (const { clusterId } of others) {
      const known = book.get(clusterId);
      const noise = adoptedNoise(stored, clusterId, isoNow(clock));
      book = new Map(book).set(clusterId, noise);
      changed ||= keysOf(known?.findings ?? []) !== keysOf(noise.findings);
    }
    return changed;
  }

  return {
    noise: () => book,
    sweep(fleet) {
      sweeping = sweeping
        .then(() => sweepOnce(fleet))
        .catch((error: unknown) => log.error({ err: error }, "It could not be judged who is noisy."));
      return sweeping;
    },
  };
}

/** Where no exporter is read, CloudWatch's newest minute is the reading. */
function readingOf({ parts, cloud }: ClusterSnapshot): string | null {
  return parts.exporter.at ?? cloud?.at ?? null;
}

function keysOf(findings: readonly Finding[]): string {
  return findings.map(({ rule, tenantId, subject }) => `${rule} ${tenantId} ${subject}`).join("\n");
}
