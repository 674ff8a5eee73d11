import { type Clock, isoNow } from "@/lib/collector/clock";
import type { ClusterHost } from "@/lib/collector/cluster/cluster-host";
import type { CollectorStore } from "@/lib/collector/collector-store";
import type { Log } from "@/lib/collector/ports";
import { runSlices } from "@/lib/collector/run-slices";
import type { Finding } from "@/lib/domain/conditions/condition";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { EMPTY_NOISE_MEMORY, judgeCluster } from "@/lib/domain/noise/judge-cluster";
import type { ClusterNoise, NoiseMemory } from "@/lib/domain/noise/noise";
import type { PoolMemory, PoolNoise } from "@/lib/domain/noise/pool/pool-noise";
import { turnHour } from "@/lib/domain/noise/pool/turn-hour";
import { adoptedNoise, rememberOpen, rememberOpenPool } from "@/lib/domain/noise/remember-open";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ConditionView } from "@/lib/domain/views/common";
import { noiseEntries } from "./noise-entries";
import { poolEntries } from "./pool-entries";
import { poolReading } from "./pool-reading";

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
  pools: PoolMemory;
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
    const { noise: read, memory: next } = await runSlices(judgeCluster(fleet, cluster, memory, clock.now()));
    const known = book.get(clusterId);
    const pools = await judgePools(host, { fleet, cluster, noise: read }, before?.pools ?? rememberOpenPool(open, clusterId), next);
    judged.set(clusterId, { at, memory: next, pools: pools.memory });
    const noise = withPool(read, pools.noise ?? known?.pool);
    book = new Map(book).set(clusterId, noise);
    if (noise.unseen === null) {
      const entries = noiseEntries(noise.levels);
      await host.write("write-noise", (fence) => store.writeNoise({ clusterId, atMs: Date.parse(noise.at), entries }, fence));
    }
    return keysOf(known?.findings ?? []) !== keysOf(noise.findings);
  }

  /** Of an hour that is over, once; else only the reading is gathered. */
  async function judgePools(
    host: ClusterHost,
    of: { fleet: FleetSnapshot; cluster: ClusterSnapshot; noise: ClusterNoise },
    memory: PoolMemory,
    { last }: NoiseMemory,
  ): Promise<{ memory: PoolMemory; noise: PoolNoise | null }> {
    if (of.noise.unseen !== null || last === null) return { memory, noise: null };
    const turned = await runSlices(turnHour(memory, poolReading(of, last, clock.now()), clock.now()));
    const { noise } = turned;
    if (noise !== null && noise.unseen === null) {
      const { clusterId, fromMs } = noise;
      const kept = poolEntries(noise.levels);
      await host.write("write-pool-hour", (fence) => store.writePoolHour({ clusterId, atMs: fromMs, ...kept }, fence));
    }
    return turned;
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

function withPool(noise: ClusterNoise, pool: PoolNoise | undefined): ClusterNoise {
  return pool === undefined ? noise : { ...noise, pool, findings: [...noise.findings, ...pool.findings] };
}

/** Where no exporter is read, CloudWatch's newest minute is the reading. */
function readingOf({ parts, cloud }: ClusterSnapshot): string | null {
  return parts.exporter.at ?? cloud?.at ?? null;
}

function keysOf(findings: readonly Finding[]): string {
  return findings.map(({ rule, tenantId, subject }) => `${rule} ${tenantId} ${subject}`).join("\n");
}
