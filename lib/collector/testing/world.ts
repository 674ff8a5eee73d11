import { Registry } from "prom-client";
import { afterEach } from "vitest";
import { type CollectorSettings, DEFAULT_SETTINGS } from "@/lib/collector/settings";
import { type Collector, type CollectorOptions, startCollector } from "@/lib/collector/start-collector";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ConditionView } from "@/lib/domain/views/common";
import { CONNECTION, type FakeCluster, fakeCluster } from "./fake-cluster";
import { fakeAssemble, tenant } from "./fake-fleet";
import { type ManualClock, manualClock, settle, until } from "./manual-clock";
import { type MemoryStore, memoryStore } from "./memory-store";

export const START = "2026-01-01T00:00:00.000Z";
export const MINUTE = 60_000;

/** A collector's surroundings in memory. */
export interface World {
  clock: ManualClock;
  cluster: FakeCluster;
  store: MemoryStore;
  holding: ConditionView[];
  warnings: string[];
  metrics: Registry;
  assemble: ReturnType<typeof fakeAssemble>;
  start: (settings?: Partial<CollectorSettings>, more?: Pick<CollectorOptions, "aws" | "readReported" | "openProbe">) => Promise<Collector>;
}

/** Collectors that the test did not stop itself. */
export const running: Collector[] = [];
let clockOfTest: ManualClock | undefined;
afterEach(async () => {
  const stopping = Promise.all(running.splice(0).map((collector) => collector.stop()));
  await settle();
  await clockOfTest?.advance(DEFAULT_SETTINGS.stopDeadlineMs);
  await stopping;
});

export function world(): World {
  const clock = manualClock(START);
  clockOfTest = clock;
  const cluster = fakeCluster();
  const store = memoryStore(clock);
  store.registry = { version: 1, tiers: [], tenants: [tenant("acme", "shared-1")], services: [] };
  const holding: ConditionView[] = [];
  const assemble = fakeAssemble(holding);
  const warnings: string[] = [];
  const log = {
    info: () => undefined,
    warn: (_: object, message: string) => void warnings.push(message),
    error: (fields: object, message: string) =>
      void warnings.push(`${message} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? value.message : value))}`),
  };
  const metrics = new Registry();
  let processes = 0;
  const start = async (
    settings: Partial<CollectorSettings> = {},
    more: Pick<CollectorOptions, "aws" | "readReported" | "openProbe"> = {},
  ): Promise<Collector> => {
    const collector = await startCollector({
      ...more,
      connections: [CONNECTION],
      openAdmin: cluster.open,
      scrape: cluster.scrape,
      collected: async () => ({ facts: [], problems: [] }),
      // Each process holds leases by itself.
      store: { ...store, holder: `process ${processes}` },
      clock,
      settings: { ...DEFAULT_SETTINGS, ...settings },
      log,
      // Each process has metrics of its own.
      metrics: processes++ === 0 ? metrics : new Registry(),
      assemble,
    });
    running.push(collector);
    return collector;
  };
  return { clock, cluster, store, holding, warnings, metrics, assemble, start };
}

/** What the newest fleet shows of the cluster. */
export function seen(collector: Collector): ClusterSnapshot {
  const snapshot = collector.fleet().clusters.get("shared-1");
  if (snapshot === undefined) throw new Error("The cluster is not in the fleet.");
  return snapshot;
}

/** How often each operation was asked for since the last time. */
export function asked(cluster: FakeCluster): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const operation of cluster.asked.splice(0)) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}

export function condition(id: string, more: Partial<ConditionView> = {}): ConditionView {
  return {
    id,
    rule: "broker.missing",
    severity: "danger",
    label: "Broker missing",
    sentence: "",
    evidence: {},
    tenantId: null,
    clusterId: "shared-1",
    subject: id,
    since: START,
    until: null,
    acknowledged: null,
    ...more,
  };
}

/** Stops a collector in the middle of a test. */
export async function stop(collector: Collector, clock: ManualClock): Promise<void> {
  let stopped = false;
  const stopping = collector.stop().then(() => {
    stopped = true;
  });
  await until(() => stopped);
  await stopping;
  running.splice(running.indexOf(collector), 1);
  await clock.advance(0);
}
