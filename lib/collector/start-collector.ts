import type { Registry as MetricsRegistry } from "prom-client";
import type { AwsRegion } from "@/lib/aws";
import { assembleFleetSteps } from "@/lib/domain/assemble/assemble-fleet";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { AppError } from "@/lib/domain/errors";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { Registry } from "@/lib/domain/registry";
import type { Part } from "@/lib/domain/snapshot";
import type { AwsAccess, UnseenRegion } from "./aws/discovery";
import type { Clock } from "./clock";
import { createHostBook, type HostBook } from "./cluster/host-book";
import { type CollectorMetrics, createCollectorMetrics, forgetMetrics, observeCollector } from "./collector-metrics";
import type { CollectorStore } from "./collector-store";
import { type AcknowledgementKeeper, createAcknowledgementKeeper } from "./conditions/acknowledgement-keeper";
import { type BrakeKeeper, createBrakeKeeper } from "./conditions/brake-keeper";
import { createConditionWriter } from "./conditions/condition-writer";
import { every } from "./every";
import { type Assemble, type FleetKeeper, startFleetKeeper } from "./fleet/fleet-keeper";
import { createRegistryKeeper, type RegistryKeeper } from "./fleet/registry-keeper";
import { gaugesOf } from "./gauges";
import { createNoiseKeeper } from "./noise/noise-keeper";
import type { WrittenParts } from "./parts/cluster-reader";
import type { CollectMetrics, Log, OpenAdmin, OpenProbe, Scrape } from "./ports";
import { createPostureKeeper, type PostureKeeper } from "./posture/posture-keeper";
import type { ReadReportedPage } from "./reported/read-pages";
import { createReportedKeeper } from "./reported/reported-keeper";
import { createRollupWriter, type RollupWriter } from "./rollup/rollup-writer";
import type { CollectorSettings } from "./settings";
import { createSharedWork, type SharedWork } from "./shared-work";
import { tryStore } from "./store-writes";
import { withinDeadline } from "./within-deadline";
import { createWrittenFollower, type WrittenFollower } from "./written-follower";

export interface CollectorOptions {
  connections: readonly ResolvedConnection[];
  /** Accounts in which clusters are found, and that tell AWS's side of those that are written down. */
  aws?: AwsAccess;
  openAdmin: OpenAdmin;
  /** Absent: no record is read: none is sampled, and no usage topic followed. */
  openProbe?: OpenProbe;
  scrape: Scrape;
  collected: CollectMetrics;
  /** Reads pages on which applications report their tenants. Absent: none is read. */
  readReported?: ReadReportedPage;
  store: CollectorStore;
  clock: Clock;
  settings: CollectorSettings;
  log: Log;
  /** Where the collector's own metrics are made. */
  metrics: MetricsRegistry;
  /** How declarations and snapshots are joined; the domain's way by default. */
  assemble?: Assemble;
}

export interface Collector {
  /**
   * The newest fleet, or the version a list pins: that one has its rows and summaries, and no longer the facts behind them. Throws
   * AppError `precondition_failed` when it is gone.
   */
  fleet: (version?: string) => FleetSnapshot;
  /** The declarations as they stand in the store, without reading all of them again where nobody has changed them. */
  registry: () => Promise<Registry>;
  /** `elsewhere`: another process reads the clusters, and this one serves what it saved. */
  state: () => "running" | "elsewhere" | "off";
  /** How each cluster is reached, those found in accounts included. */
  connections: () => ReadonlyMap<string, ResolvedConnection>;
  /** The ids of all clusters, once every account was looked into for the first time. */
  clusterIds: () => Promise<ReadonlySet<string>>;
  /** AWS in the region of a cluster; null: no account reaches it. */
  regionOf: (connection: ResolvedConnection) => AwsRegion | null;
  /** Regions of accounts that could not be looked into, with the reason. */
  unseenRegions: () => UnseenRegion[];
  /** A person looks: what is asked for less often while nobody does is asked for now. */
  look: () => void;
  /** Reads these parts of a cluster now and answers when the fleet shows them; throws AppError `not_found`. */
  refresh: (clusterId: string, parts: readonly Part[]) => Promise<void>;
  /** A change wrote this on a cluster: it is read anew, soon. false: this process does not read the cluster. */
  expect: (clusterId: string, written: WrittenParts) => boolean;
  /** Reads the declarations, acknowledgements and brakes anew and answers when the fleet shows them. */
  reassemble: () => Promise<void>;
  /** Calls back with each new version; the answer ends that. */
  onFleet: (listener: (fleet: FleetSnapshot) => void) => () => void;
  /** Ends everything within the deadline of the settings: saves what was seen and gives the leases back. */
  stop: () => Promise<void>;
}

/** How often it is looked whether a minute has ended. */
const MINUTE_CHECK_MS = 20_000;
/** When what applications report is read for the first time, once leases are held, and how often then. */
const REPORTED_FIRST_MS = 5_000;
const REPORTED_EVERY_MS = 60_000;

/** What the collector is made of, before the first fleet. */
interface Made {
  metrics: CollectorMetrics;
  declared: RegistryKeeper;
  seen: AcknowledgementKeeper;
  braked: BrakeKeeper;
  written: WrittenFollower;
  hosts: HostBook;
  shared: SharedWork;
  /** Told when a snapshot changed. */
  changed: { tell: () => void };
  look: () => void;
}

/** A page that is open asks more often than this. */
const LOOK_LASTS_MS = 120_000;
const NO_AWS: AwsAccess = {
  accounts: [],
  openRegion: () => {
    throw new Error("There is no account.");
  },
};

/**
 * Starts to read the clusters. Answers as soon as there is a fleet to serve: the declarations, and what was saved of each
 * cluster. Rejects when the store does not answer.
 */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const { clock, settings, log, metrics } = options;
  const made = await make(options);
  const listeners = new Set<(fleet: FleetSnapshot) => void>();
  const { keeper, rollups, posture } = await startFleet(options, made, listeners);
  const { pollEveryMs } = settings;
  const reported = createReportedKeeper({
    hosts: made.hosts.all,
    connections: made.hosts.connections,
    regionOf: made.hosts.discovery.regionOf,
    registry: made.declared.registry,
    readPage: options.readReported,
    openProbe: options.openProbe,
    clock,
    log,
  });
  const turns = [
    every({ clock, log, firstMs: pollEveryMs, pauseMs: pollEveryMs }, () => followStore(options, made, keeper)),
    every({ clock, log, firstMs: MINUTE_CHECK_MS, pauseMs: MINUTE_CHECK_MS }, rollups.writeEnded),
    every({ clock, log, firstMs: settings.postureCheckMs, pauseMs: settings.postureCheckMs }, () => posture.sweep(keeper.versions.get())),
    every({ clock, log, firstMs: REPORTED_FIRST_MS, pauseMs: REPORTED_EVERY_MS }, reported.sweep),
  ];
  const endObserving = observeCollector(metrics, gaugesOf(keeper, made.hosts.all, clock));
  const owners = [made.shared, made.hosts];
  await Promise.all(owners.map((owner) => owner.start()));

  async function stopAll(): Promise<void> {
    await Promise.all(turns.map((turn) => turn.stop()));
    await keeper.stop();
    await rollups.writeAll();
    await Promise.all(owners.map((owner) => owner.stop()));
  }

  return {
    fleet: keeper.versions.get,
    registry: made.declared.current,
    state: () => stateOf(settings, made.hosts),
    connections: made.hosts.connections,
    async clusterIds() {
      await made.hosts.discovery.firstLook;
      return new Set(made.hosts.connections().keys());
    },
    regionOf: made.hosts.discovery.regionOf,
    unseenRegions: made.hosts.unseenRegions,
    look: made.look,
    async refresh(clusterId, parts) {
      const host = made.hosts.get(clusterId);
      if (host === undefined) throw new AppError("not_found", `There is no cluster "${clusterId}".`);
      await host.refresh(parts);
      await keeper.flush();
    },
    expect: (clusterId, written) => made.hosts.get(clusterId)?.expect(written) === true,
    async reassemble() {
      await Promise.all([made.declared.update(), made.seen.update(), made.braked.update()]);
      await keeper.flush();
    },
    onFleet(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      endObserving();
      await withinDeadline({ clock, log, deadlineMs: settings.stopDeadlineMs }, stopAll());
      forgetMetrics(metrics);
    },
  };
}

/** The declarations, and each cluster with what was saved of it. */
async function make(options: CollectorOptions): Promise<Made> {
  forgetMetrics(options.metrics);
  const metrics = createCollectorMetrics(options.metrics);
  const declared = await createRegistryKeeper(options.store);
  const seen = await createAcknowledgementKeeper(options.store, options.clock);
  const braked = await createBrakeKeeper(options.store);
  const written = await createWrittenFollower(options.store);
  const changed = { tell: (): void => undefined };
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  const isLookedAt = (): boolean => options.clock.now() - lookedAtMs < LOOK_LASTS_MS;
  const common = { ...options, metrics, onChange: () => changed.tell() };
  const hosts = createHostBook({ ...common, access: options.aws ?? NO_AWS, isLookedAt });
  await hosts.load();
  const look = (): void => {
    lookedAtMs = options.clock.now();
  };
  return { metrics, declared, seen, braked, written, hosts, shared: createSharedWork(common), changed, look };
}

/** The first fleet, and what follows from each one: minutes, conditions, listeners. */
async function startFleet(
  options: CollectorOptions,
  { metrics, declared, seen, braked, hosts, shared, changed }: Made,
  listeners: ReadonlySet<(fleet: FleetSnapshot) => void>,
): Promise<{ keeper: FleetKeeper; rollups: RollupWriter; posture: PostureKeeper }> {
  const { store, clock, log, settings } = options;
  const rollups = createRollupWriter({ store, clock, log, metrics, hosts: hosts.all });
  const open = await store.openConditions();
  const posture = createPostureKeeper({
    hosts: hosts.all,
    connections: hosts.connections,
    openProbe: options.openProbe,
    store,
    clock,
    log,
    everyMs: settings.postureEveryMs,
    open,
    onChange: () => changed.tell(),
  });
  const noise = createNoiseKeeper({ hosts: hosts.all, store, clock, log, open, onChange: () => changed.tell() });
  const conditions = createConditionWriter({
    store,
    clock,
    log,
    refreshEveryMs: settings.refreshConditionsEveryMs,
    open,
    owners: () => [...hosts.all(), shared],
  });
  const keeper = await startFleetKeeper({
    assemble: options.assemble ?? assembleFleetSteps,
    registry: declared.registry,
    clusters: () => hosts.all().map((host) => host.snapshot()),
    openSince: conditions.openSince,
    acknowledgements: seen.acknowledgements,
    brakes: braked.brakes,
    posture: posture.posture,
    noise: noise.noise,
    clock,
    settings,
    log,
    metrics,
    onFleet(fleet) {
      seen.forgetEnded(fleet);
      void rollups.add(fleet);
      void noise.sweep(fleet);
      void conditions.write(fleet);
      for (const listener of listeners) listener(fleet);
    },
  });
  changed.tell = keeper.changed;
  return { keeper, rollups, posture };
}

/** Another process may have taken declarations or acknowledgements in, set a brake, or written on a cluster that is read here. */
async function followStore({ log }: CollectorOptions, made: Made, keeper: FleetKeeper): Promise<void> {
  const { declared, seen, braked, written, hosts, metrics } = made;
  await tryStore("read-written", { log, metrics }, async () => {
    for (const { clusterId, topics, quotas } of await written.news()) hosts.get(clusterId)?.expect({ topics, quotas });
  });
  await tryStore("read-registry", { log, metrics }, async () => {
    if (await declared.update()) keeper.changed();
  });
  await tryStore("read-acknowledgements", { log, metrics }, async () => {
    if (await seen.update()) keeper.changed();
  });
  await tryStore("read-brakes", { log, metrics }, async () => {
    if (await braked.update()) keeper.changed();
  });
}

function stateOf(settings: CollectorSettings, hosts: HostBook): "running" | "elsewhere" | "off" {
  if (!settings.collect) return "off";
  const all = hosts.all();
  return all.length === 0 || all.some((host) => host.isHeld()) ? "running" : "elsewhere";
}
