import { type Clock, isoNow } from "@/lib/collector/clock";
import type { ClusterHost } from "@/lib/collector/cluster/cluster-host";
import type { CollectorStore } from "@/lib/collector/collector-store";
import type { Log, OpenProbe } from "@/lib/collector/ports";
import { runSlices } from "@/lib/collector/run-slices";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { PoolFacts } from "@/lib/domain/pool/pool-facts";
import type { ClusterPosture } from "@/lib/domain/posture/posture";
import { clusterPostureSteps, fleetPostureSteps } from "@/lib/domain/posture/posture-steps";
import { isPostureRule } from "@/lib/domain/posture/rules";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ConditionView } from "@/lib/domain/views/common";
import { createSampler, type Sampler } from "./sampler";

/** By cluster; null: of the fleet as a whole. */
export type PostureBook = ReadonlyMap<string | null, ClusterPosture>;

export interface PostureKeeper {
  posture: () => PostureBook;
  /** Checks what changed since it was checked, and what was checked long ago. Does not reject. */
  sweep: (fleet: FleetSnapshot) => Promise<void>;
}

export interface PostureKeeperOptions {
  hosts: () => readonly ClusterHost[];
  connections: () => ReadonlyMap<string, ResolvedConnection>;
  /** Absent: no record is sampled and no member counted. */
  openProbe: OpenProbe | undefined;
  store: CollectorStore;
  clock: Clock;
  log: Log;
  /** A cluster on which nothing changed is checked this often. */
  everyMs: number;
  /** What the store had open at the start. */
  open: readonly ConditionView[];
  onChange: () => void;
}

/** What the checks of a cluster follow from; numbers that move all the time are left out. */
type Basis = readonly unknown[];

interface Checked {
  basis: Basis;
  atMs: number;
}

/** Runs the slow checks of the clusters this process reads; of the others it takes what the process that reads them wrote down. */
export function createPostureKeeper(options: PostureKeeperOptions): PostureKeeper {
  const { clock, log, onChange } = options;
  let book = adopted(
    options.open,
    options.hosts().map(({ clusterId }) => clusterId),
    isoNow(clock),
  );
  const checked = new Map<string, Checked>();
  const samplers = new Map<string, { connection: ResolvedConnection; sampler: Sampler }>();

  async function checkCluster(fleet: FleetSnapshot, cluster: ClusterSnapshot, host: ClusterHost): Promise<ClusterPosture> {
    const connection = options.connections().get(cluster.clusterId) ?? null;
    const sample = connection === null ? null : ((await samplerOf(connection, host)?.sample(fleet, cluster)) ?? null);
    if (sample !== null && areNew(sample.shares, host.snapshot().pool?.shares)) host.keepPool({ shares: sample.shares });
    return runSlices(clusterPostureSteps({ fleet, cluster, connection, sample }, isoNow(clock)));
  }

  function samplerOf(connection: ResolvedConnection, host: ClusterHost): Sampler | null {
    const { openProbe } = options;
    if (openProbe === undefined) return null;
    const known = samplers.get(connection.id);
    if (known?.connection === connection) return known.sampler;
    const sampler = createSampler({ connection, openProbe, clock, random: Math.random, saved: host.snapshot().pool?.shares });
    samplers.set(connection.id, { connection, sampler });
    return sampler;
  }

  async function checkHeld(fleet: FleetSnapshot, next: Map<string | null, ClusterPosture>): Promise<boolean> {
    let changed = false;
    for (const host of options.hosts()) {
      const cluster = fleet.clusters.get(host.clusterId);
      if (!host.isHeld() || cluster === undefined) continue;
      const basis = basisOf(fleet, cluster);
      const isSampleDue = samplers.get(host.clusterId)?.sampler.isDue(fleet, cluster) ?? false;
      if (!isSampleDue && !isDue(checked.get(host.clusterId), basis, options.everyMs, clock.now())) continue;
      try {
        next.set(host.clusterId, await checkCluster(fleet, cluster, host));
        checked.set(host.clusterId, { basis, atMs: clock.now() });
        changed = true;
      } catch (error) {
        log.error({ err: error, cluster: host.clusterId }, "The posture of a cluster could not be checked; what was found before stays.");
      }
    }
    return changed;
  }

  async function adoptOthers(next: Map<string | null, ClusterPosture>): Promise<boolean> {
    const others = options.hosts().filter((host) => !host.isHeld());
    if (others.length === 0) return false;
    const ids = others.map(({ clusterId }) => clusterId);
    for (const id of ids) checked.delete(id);
    const open = await options.store.openConditions();
    for (const [id, posture] of adopted(open, ids, isoNow(clock))) next.set(id, posture);
    return true;
  }

  async function sweepOnce(fleet: FleetSnapshot): Promise<void> {
    const next = new Map(book);
    const ids = new Set(options.hosts().map(({ clusterId }) => clusterId));
    for (const id of next.keys()) if (id !== null && !ids.has(id)) next.delete(id);
    next.set(null, await runSlices(fleetPostureSteps(fleet, isoNow(clock))));
    const changed = [await checkHeld(fleet, next), await adoptOthers(next)];
    book = next;
    if (changed.includes(true)) onChange();
  }

  return {
    posture: () => book,
    async sweep(fleet) {
      await sweepOnce(fleet).catch((error: unknown) => log.error({ err: error }, "The posture could not be checked."));
    },
  };
}

function basisOf(fleet: FleetSnapshot, cluster: ClusterSnapshot): Basis {
  const { acls, quotas, scramUsers, configs, brokerConfigs, msk, metadata } = cluster;
  return [
    fleet.owners,
    acls,
    quotas,
    scramUsers,
    configs,
    brokerConfigs,
    msk?.cluster,
    msk?.key,
    metadata?.topics.size,
    metadata?.brokers.length,
  ];
}

function areNew(shares: PoolFacts["shares"], before: PoolFacts["shares"] | undefined): boolean {
  return shares.size !== (before?.size ?? 0) || [...shares].some(([topic, sampled]) => before?.get(topic) !== sampled);
}

function isDue(before: Checked | undefined, basis: Basis, everyMs: number, nowMs: number): boolean {
  if (before === undefined || nowMs - before.atMs >= everyMs) return true;
  return basis.some((part, at) => part !== before.basis[at]);
}

/** What was written down as findings of these clusters. Which rules could not be judged is not written. */
function adopted(open: readonly ConditionView[], clusterIds: readonly string[], at: string): Map<string | null, ClusterPosture> {
  const ids = new Set<string | null>(clusterIds);
  const own = open.filter(({ rule, clusterId }) => isPostureRule(rule) && ids.has(clusterId));
  return new Map(
    [...Map.groupBy(own, ({ clusterId }) => clusterId)].map(([clusterId, conditions]) => {
      const findings = conditions.flatMap(({ rule, severity, sentence, evidence, tenantId, subject }) =>
        isPostureRule(rule) ? [{ rule, severity, sentence, evidence, tenantId, clusterId, subject }] : [],
      );
      return [clusterId, { at, findings, unseen: {}, partly: {} }];
    }),
  );
}
