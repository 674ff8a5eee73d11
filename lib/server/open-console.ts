import { openAwsRegion } from "@/lib/aws";
import { type Collector, collectorStore, DEFAULT_SETTINGS, startCollector, systemClock } from "@/lib/collector";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { type Env, secretFromEnv } from "@/lib/env";
import { type KafkaAdmin, openKafkaAdmin } from "@/lib/kafka";
import { readPrometheus, scrapeExporter } from "@/lib/metrics";
import { openStore, type Store } from "@/lib/store";
import { type Connections, readConnections } from "./connections";
import { log } from "./log";
import { metrics } from "./metrics";
import { clearProcessSlot } from "./process-slot";
import { prometheusPast } from "./prometheus-past";
import type { Running } from "./running";

/** Opens the database and starts the collector. Rejects, with everything closed again, when one of them cannot start. */
export async function openConsole(settings: Env): Promise<Running> {
  const connections = await connectionsOf(settings);
  const target = settings.databaseUrl === null ? { dataDir: settings.dataDir } : { databaseUrl: settings.databaseUrl };
  const store = await openStore(target, { onBackgroundError: (err) => log().warn({ err }, "the database closed a connection") });
  try {
    const collector = await collectFrom(connections, store, settings);
    return runningOf(store, collector);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function connectionsOf({ connectionsFile }: Env): Promise<Connections> {
  if (connectionsFile !== null) return readConnections(connectionsFile, secretFromEnv);
  log().warn("CONNECTIONS_FILE is not set: the console has no clusters to show.");
  return { clusters: [], aws: [] };
}

function collectFrom({ clusters, aws }: Connections, store: Store, settings: Env): Promise<Collector> {
  return startCollector({
    connections: clusters,
    aws: { accounts: aws, openRegion: (connection, region) => openAwsRegion({ connection, region }) },
    openAdmin: openCounted,
    scrape: scrapeExporter,
    collected: readPrometheus,
    store: collectorStore(store),
    clock: systemClock,
    settings: { ...DEFAULT_SETTINGS, collect: settings.collector === "on", intervals: settings.intervals },
    log: log(),
    metrics: metrics().registry,
  });
}

/** A way to a cluster whose requests are counted in the console's own metrics. */
function openCounted(connection: ResolvedConnection): KafkaAdmin {
  return openKafkaAdmin(connection, {
    onRequest: ({ api, ok }) => metrics().kafkaRequests.inc({ cluster: connection.id, api, outcome: ok ? "answered" : "failed" }),
  });
}

function runningOf(store: Store, collector: Collector): Running {
  const admins = new Map<string, KafkaAdmin>();
  return {
    store,
    collector,
    admin(connection) {
      const admin = admins.get(connection.id) ?? openCounted(connection);
      admins.set(connection.id, admin);
      return admin;
    },
    prometheusPast,
    async close() {
      clearProcessSlot("running");
      await collector.stop();
      for (const admin of admins.values()) admin.close();
      await store.close();
    },
  };
}
