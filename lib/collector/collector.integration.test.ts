import { randomUUID } from "node:crypto";
import { Registry } from "prom-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { isKnown } from "@/lib/domain/observed";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { openKafkaAdmin } from "@/lib/kafka";
import { readPrometheus, scrapeExporter } from "@/lib/metrics";
import { importRegistry, listConditions, openStore, type Store } from "@/lib/store";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { killBroker } from "@/sandbox/kafka/broker";
import { startBroker } from "@/sandbox/kafka/cluster";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { PATIENCE_MS, waitFor, waitUntilInSync } from "@/sandbox/kafka/readiness";
import { tool } from "@/sandbox/kafka/tool";
import { clusterOf, nodeOf, PORTS, sandboxOf } from "@/sandbox/kafka/topology";
import { systemClock } from "./clock";
import { collectorStore } from "./collector-store";
import { DEFAULT_SETTINGS } from "./settings";
import { type Collector, startCollector } from "./start-collector";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const third = nodeOf(shared, 3);
const RUN = `collect-${randomUUID().slice(0, 8)}`;
const TOPIC = `${RUN}.orders`;
const GROUP = `${RUN}.billing`;
const TENANT = RUN;

const connection: ResolvedConnection = {
  ...consoleConnection(sandbox, shared),
  exporter: { port: PORTS.exporter, intervalMs: 5_000, prometheus: null },
};

let setup: SandboxAdmin;
let store: Store;
let collector: Collector;
const failures: unknown[] = [];

function start(): Promise<Collector> {
  return startCollector({
    connections: [connection],
    openAdmin: (each) => openKafkaAdmin(each, { deadlineMs: 20_000 }),
    collected: readPrometheus,
    scrape: scrapeExporter,
    store: collectorStore(store),
    clock: systemClock,
    settings: {
      ...DEFAULT_SETTINGS,
      assembleEveryMs: 500,
      intervals: { ...DEFAULT_SETTINGS.intervals, offsetsMs: 2_000, metadataMs: 5_000, logsMs: 5_000 },
    },
    log: { info: () => undefined, warn: (fields) => void failures.push(fields), error: (fields) => void failures.push(fields) },
    metrics: new Registry(),
  });
}

function shows(what: () => boolean): Promise<void> {
  return waitFor(
    async () => what(),
    PATIENCE_MS,
    () => `the fleet does not show it: ${what.toString()}`,
  );
}

const tenant = () => collector.fleet().tenants.get(TENANT);
const group = () => collector.fleet().groups.get("shared-1")?.get(GROUP);
const measuredBrokers = () => [...(collector.fleet().clusters.get("shared-1")?.meters.keys() ?? [])].sort();
const behind = (): number | null => {
  const lag = group()?.recordsBehind;
  return lag !== undefined && isKnown(lag) && lag.atLeast !== true ? lag.value : null;
};

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics([{ name: TOPIC, partitions: 3, replicas: 3 }]);
  const lines = Array.from({ length: 50 }, (_, n) => `record ${n}`).join("\n");
  await tool(sandbox, shared, "produce", ["--topic", TOPIC], { stdin: `${lines}\n` });
  await tool(sandbox, shared, "consume", ["--topic", TOPIC, "--group", GROUP, "--from-beginning", "--max-messages", "20"]);
  store = await openStore({ memory: true });
  const declared = {
    tiers: [Tier.parse({ id: "basic", name: "Basic", model: "bridge", produceBytesPerSecond: 1_000_000 })],
    tenants: [
      Tenant.parse({
        id: TENANT,
        name: TENANT,
        tier: "basic",
        placements: [{ cluster: "shared-1", model: "bridge", topics: [{ prefix: `${RUN}.` }], groups: [{ prefix: `${RUN}.` }] }],
      }),
    ],
    services: [],
    sha256: "0".repeat(64),
  };
  await importRegistry(store, declared, "test", new Date());
  collector = await start();
});

afterAll(async () => {
  await collector.stop();
  await store.close();
  await setup.deleteTopics([TOPIC]);
  await setup.close();
});

/** What Kafka's own tool says of the group: the sum of its LAG column. */
async function lagByTool(): Promise<number> {
  const out = await tool(sandbox, shared, "groups", ["--describe", "--group", GROUP]);
  const rows = out.split("\n").filter((line) => line.includes(TOPIC));
  return rows.reduce((sum, row) => sum + Number(row.trim().split(/\s+/)[5] ?? Number.NaN), 0);
}

describe("a real cluster", () => {
  it("is shown whole, with the lag that Kafka's own tool tells", async () => {
    await shows(() => behind() !== null);
    expect(behind()).toBe(await lagByTool());
    await shows(() =>
      Object.values(collector.fleet().clusters.get("shared-1")?.parts ?? {}).every(
        ({ at, absent, problems }) => (at !== null || absent === true) && problems.length === 0,
      ),
    );
    expect(collector.state()).toBe("running");
    const state = tenant();
    expect(state?.topics.map(({ topic }) => topic)).toEqual([TOPIC]);
    expect(state !== undefined && isKnown(state.storageBytes) && state.storageBytes.value > 0).toBe(true);
    expect(failures).toEqual([]);
  });

  it("goes on without a broker that is killed, says which one, and heals when it is back", async () => {
    await killBroker(third);
    try {
      await shows(() => collector.fleet().conditions.some(({ rule, subject }) => rule === "broker.missing" && subject === "broker 3"));
      await shows(() => behind() !== null);
      await shows(() => measuredBrokers().join() === "1,2");
      expect(
        collector
          .fleet()
          .clusters.get("shared-1")
          ?.metadata?.brokers.map(({ id }) => id),
      ).toEqual([1, 2]);
      expect(collector.fleet().clusters.get("shared-1")?.knownBrokers.has(3)).toBe(true);
      await waitFor(
        async () => (await listConditions(store)).some(({ rule }) => rule === "broker.missing"),
        PATIENCE_MS,
        () => "the condition is not written",
      );
    } finally {
      await startBroker(shared, third);
    }
    await waitUntilInSync(shared);
    await shows(() => collector.fleet().clusters.get("shared-1")?.meters.has(3) === true);
    await shows(() => !collector.fleet().conditions.some(({ rule }) => rule === "broker.missing"));
    await waitFor(
      async () => !(await listConditions(store)).some(({ rule }) => rule === "broker.missing"),
      PATIENCE_MS,
      () => "the condition is not closed",
    );
  });

  it("is shown at once after a restart, from what was saved", async () => {
    const before = collector.fleet().clusters.get("shared-1");
    await collector.stop();
    collector = await start();
    const after = collector.fleet().clusters.get("shared-1");
    expect(after?.groups.get(GROUP)?.committed).toEqual(before?.groups.get(GROUP)?.committed);
    expect(after?.progress.get(GROUP)).toEqual(before?.progress.get(GROUP));
    expect(after?.endHistory.get(TOPIC)?.[0]?.length).toBeGreaterThan(1);
    expect(tenant()?.groups.map(({ groupId }) => groupId)).toContain(GROUP);
  });
});
