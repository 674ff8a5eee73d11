import type { ChangeRunner } from "@/lib/changes";
import { type Collector, type CollectorOptions, collectorStore, DEFAULT_SETTINGS, startCollector, systemClock } from "@/lib/collector";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { Secret } from "@/lib/domain/secret";
import { type EnterEnv, type Env, secretFromEnv } from "@/lib/env";
import { type KafkaAdmin, openKafkaAdmin, openRecordReader, type RecordReader } from "@/lib/kafka";
import { readPrometheus, readReportedPage, scrapeExporter } from "@/lib/metrics";
import type { Context } from "@/lib/operations/context";
import { openStore, type Store } from "@/lib/store";
import { carryChanges } from "./carry-changes";
import { type Connections, readConnections } from "./connections";
import { contextOf } from "./context-of";
import { actorOf } from "./enter/actor-of";
import { NO_BROWSER } from "./enter/browser-of";
import { openEnter } from "./enter/open-enter";
import { pruneDaily } from "./enter/prune-daily";
import { log } from "./log";
import { type HoldSecret, heldSecrets, manageSecrets } from "./managed-secrets";
import { metrics } from "./metrics";
import { clearProcessSlot } from "./process-slot";
import { prometheusPast } from "./prometheus-past";
import type { Running } from "./running";

/** Opens the database, and starts the collector and whoever carries changes out. Rejects, with everything closed again, when one of them cannot start. */
export async function openConsole(settings: Env): Promise<Running> {
  const managed = manageSecrets();
  const connections = await connectionsOf(settings, managed);
  const target = settings.databaseUrl === null ? { dataDir: settings.dataDir } : { databaseUrl: settings.databaseUrl };
  const store = await openStore(target, { onBackgroundError: (err) => log().warn({ err }, "the database closed a connection") });
  try {
    const collector = await collectFrom(connections, store, settings);
    return await runningOf(store, collector, { ...settings, enter: await heldSecrets(settings, managed) });
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function connectionsOf({ connectionsFile, awsRegion }: Env, managed: HoldSecret): Promise<Connections> {
  if (connectionsFile !== null) return readConnections(connectionsFile, { variable: secretFromEnv, region: awsRegion, managed });
  log().warn("CONNECTIONS_FILE is not set: the console has no clusters to show.");
  return { clusters: [], aws: [] };
}

async function collectFrom({ clusters, aws }: Connections, store: Store, settings: Env): Promise<Collector> {
  return startCollector({
    connections: clusters,
    ...(await accessTo(aws)),
    openAdmin: openCounted,
    openProbe,
    scrape: scrapeExporter,
    collected: readPrometheus,
    readReported: readReportedPage,
    store: collectorStore(store),
    clock: systemClock,
    settings: { ...DEFAULT_SETTINGS, collect: settings.collector === "on", intervals: settings.intervals },
    log: log(),
    metrics: metrics().registry,
  });
}

/** The clients of AWS are loaded only where there is an account: they are large. */
async function accessTo(accounts: Connections["aws"]): Promise<Pick<CollectorOptions, "aws">> {
  if (accounts.length === 0) return {};
  const { openAwsRegion } = await import("@/lib/aws");
  return { aws: { accounts, openRegion: (connection, region) => openAwsRegion({ connection, region }) } };
}

/** A way to a cluster whose requests are counted in the console's own metrics. */
function openCounted(connection: ResolvedConnection): KafkaAdmin {
  return openKafkaAdmin(connection, {
    onRequest: ({ api, ok }) => metrics().kafkaRequests.inc({ cluster: connection.id, api, outcome: ok ? "answered" : "failed" }),
  });
}

/** What slow checks read: samples of records over connections of the record plane, and groups. */
function openProbe(connection: ResolvedConnection) {
  const admin = openCounted(connection);
  const records = openRecordReader(connection);
  return {
    sample: records.sample,
    describeGroup: admin.describeGroup,
    close() {
      records.close();
      admin.close();
    },
  };
}

async function runningOf(store: Store, collector: Collector, settings: Omit<Env, "enter"> & { enter: EnterEnv<Secret> }): Promise<Running> {
  const admins = new Map<string, KafkaAdmin>();
  const readers = new Map<string, RecordReader>();
  const open = {
    store,
    collector,
    prometheusPast,
    enter: openEnter(settings.enter, store, process.env.PORT ?? "3000"),
    actorOf: (request: Pick<Request, "headers">) => actorOf(request, store, settings.enter, new Date()),
    admin(connection: ResolvedConnection): KafkaAdmin {
      const admin = admins.get(connection.id) ?? openCounted(connection);
      admins.set(connection.id, admin);
      return admin;
    },
    records(connection: ResolvedConnection): RecordReader {
      const reader = readers.get(connection.id) ?? openRecordReader(connection);
      readers.set(connection.id, reader);
      return reader;
    },
  };
  let runner: ChangeRunner | null = null;
  // What the console does by itself goes the same way as what a person asks for, and may begin before the start is over.
  const own: Context["changes"] = { wake: () => runner?.wake(), settled: async (id, ms) => runner?.settled(id, ms) };
  const changes = await carryChanges({
    ...open,
    carryOut: settings.collector === "on",
    contextOf: (name, requestId) => contextOf({ ...open, changes: own }, { name, role: "operator" }, requestId, NO_BROWSER),
  });
  runner = changes;
  const stopPruning = pruneDaily(store);
  return {
    ...open,
    changes,
    async close() {
      clearProcessSlot("running");
      stopPruning();
      await changes.stop();
      await collector.stop();
      for (const one of [...admins.values(), ...readers.values()]) one.close();
      await store.close();
    },
  };
}
