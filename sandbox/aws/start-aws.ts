import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { ACCOUNT_ID } from "@/sandbox/kafka/arn";
import type { Sandbox } from "@/sandbox/kafka/topology";
import { assertPortFree } from "@/scripts/lib/ports.mjs";
import { AWS_PORT, awsHost } from "./address";
import type { NewPoint } from "./cloudwatch/series-store";
import { createSeriesStore } from "./cloudwatch/series-store";
import { createCalls } from "./door/calls";
import { createFaults } from "./door/faults";
import { showOperation } from "./door/run-operation";
import { brokerClusters } from "./estate/broker-clusters";
import type { MskCluster } from "./estate/cluster";
import type { ServiceContext } from "./http/serve";
import { serve } from "./http/serve";
import { createOperationLog } from "./msk/operation-log";
import type { TopicView } from "./msk/topic-view";
import { createTopicView } from "./msk/topic-view";
import { createJournal } from "./recorder/journal";
import { record } from "./recorder/recorder";
import type { Role } from "./sts/assume-role";
import type { AccessKey } from "./sts/root-keys";
import { rootKeyOf } from "./sts/root-keys";
import { createSessions } from "./sts/sessions";

/** Clusters and series that no broker stands behind; for tests. */
export interface Fixture {
  clusters: MskCluster[];
  points: NewPoint[];
}

export interface AwsOptions {
  sandbox: Sandbox;
  /** 0 chooses one; absent: the sandbox's. */
  port?: number;
  /** How long a minute of the recorder is. 60 with AWS; a test that cannot wait may say 1, 5, 10 or 30, and ask for that period. */
  stepSeconds?: number;
  /** How old an answer about topics may be. A minute with AWS. */
  refreshMs?: number;
  /** Where minutes and operations are kept; absent: the sandbox's folder. */
  stateDir?: string;
  /** Kept small, so that everybody has to page. */
  pageSizes?: { msk?: number; metrics?: number; datapoints?: number };
  roles?: Role[];
  fixtures?: Fixture[];
  /** Whether the brokers' clusters are there and recorded; otherwise the fixtures are alone. */
  brokers?: boolean;
}

export interface AwsService {
  url: string;
  key: AccessKey;
  clusters: MskCluster[];
  stop: () => Promise<void>;
}

/** A role in the sandbox's own account, for who wants to try one. */
export const SANDBOX_ROLE: Role = { arn: `arn:aws:iam::${ACCOUNT_ID}:role/tenant-console`, externalId: "sandbox" };

const KEEP_ALIVE_MS = 75_000;

/** Starts the AWS side of a sandbox in this process. Its brokers need not run yet. Rejects when the port is taken, naming the owner. */
export async function startAws(options: AwsOptions): Promise<AwsService> {
  const { sandbox, stepSeconds = 60 } = options;
  const host = awsHost(sandbox);
  const port = options.port ?? AWS_PORT;
  if (port !== 0) await assertPortFree(host, port);
  const stateDir = options.stateDir ?? join(sandbox.dir, "aws");
  mkdirSync(stateDir, { recursive: true });
  const { context, key } = createContext(options, stateDir);
  const journal = options.brokers === false ? null : createJournal(stateDir);
  journal?.restore(context.cloudWatch.store);
  const server = createServer((message, response) => {
    serve(context, message, response).catch(() => message.socket.destroy());
  });
  // Longer than clients keep idle connections: one that is closed just when it is used again looks like a fault.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 5_000;
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen({ host, port }, resolve));
  const ending = new AbortController();
  const { clusters } = context.msk.estate;
  const recorded = { clusters: clusters.filter(({ brokers }) => brokers !== null), store: context.cloudWatch.store, journal };
  const recording = record({ ...recorded, stepMs: stepSeconds * 1_000, now: context.now, signal: ending.signal });
  const address = server.address();
  return {
    url: `http://${host}:${address !== null && typeof address === "object" ? address.port : port}`,
    key,
    clusters,
    stop: async () => {
      ending.abort();
      server.closeAllConnections();
      await Promise.all([recording, new Promise((resolve) => server.close(resolve))]);
    },
  };
}

function createContext(options: AwsOptions, stateDir: string): { context: ServiceContext; key: AccessKey } {
  const { sandbox, refreshMs = 60_000, pageSizes = {}, roles = [SANDBOX_ROLE], fixtures = [], brokers = true } = options;
  const now = () => Date.now();
  const store = createSeriesStore();
  for (const { points } of fixtures) points.forEach(store.add);
  const clusters = [...(brokers ? brokerClusters(sandbox) : []), ...fixtures.flatMap((fixture) => fixture.clusters)];
  const operations = createOperationLog(brokers ? join(stateDir, "operations.json") : null);
  for (const cluster of clusters) {
    const running = operations.list(cluster.arn).find(({ endedAt }) => endedAt === null);
    if (running !== undefined) showOperation(cluster, running);
  }
  const views = new Map<MskCluster, TopicView>(clusters.map((cluster) => [cluster, createTopicView(cluster.topics, refreshMs, now)]));
  const viewOf = (cluster: MskCluster) => views.get(cluster) ?? createTopicView(cluster.topics, refreshMs, now);
  const key = rootKeyOf(sandbox);
  const sessions = createSessions(signingSecret(sandbox));
  const caller = { accountId: ACCOUNT_ID, arn: `arn:aws:iam::${ACCOUNT_ID}:user/sandbox` };
  return {
    key,
    context: {
      sandbox,
      now,
      roles,
      sessions,
      keyring: { root: { ...key, caller }, sessions },
      faults: createFaults(),
      calls: createCalls(),
      msk: { estate: { clusters }, operations, viewOf, pageSize: pageSizes.msk ?? 20 },
      cloudWatch: { store, pageSizes: { metrics: pageSizes.metrics ?? 200, datapoints: pageSizes.datapoints ?? 5_000 } },
    },
  };
}

/** What temporary credentials are sealed with; kept, so that they outlive a restart. */
function signingSecret(sandbox: Sandbox): string {
  const file = join(sandbox.dir, "secrets", "aws-sessions");
  try {
    writeFileSync(file, randomBytes(32).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8");
}
