import type { AwsRegion } from "@/lib/aws";
import { createCloudReader } from "@/lib/collector/aws/cloud-reader";
import { createMskTopology } from "@/lib/collector/aws/msk-topology";
import { readMsk } from "@/lib/collector/aws/read-msk";
import { type Clock, isoNow } from "@/lib/collector/clock";
import type { CollectorMetrics } from "@/lib/collector/collector-metrics";
import type { CollectMetrics, Log, OpenAdmin, Scrape } from "@/lib/collector/ports";
import type { CollectorSettings } from "@/lib/collector/settings";
import { CLOUDWATCH_MS, hasPart, intervalOf } from "@/lib/collector/snapshot/empty-snapshot";
import { nothing, type PartResult, withPart } from "@/lib/collector/snapshot/with-part";
import type { ResolvedConnection, ResolvedExporter } from "@/lib/domain/connection";
import type { Problem } from "@/lib/domain/facts";
import { type ClusterSnapshot, PARTS, type Part } from "@/lib/domain/snapshot";
import { exporterSource } from "./exporter-source";
import { spread } from "./next-tick";
import { createPartRunner, type PartRunner } from "./part-runner";
import { createConfigReader } from "./read-due-configs";
import { createExporterReader, type ExporterReader } from "./read-exporters";
import { type AwsReaders, readPart } from "./read-part";
import { createRecordTimesReader } from "./read-record-times";

/** How often it is looked whether a part with a longer interval of its own is due. */
const CHECK_MS = 60_000;
/** Metadata younger than this is not read again because a broker is silent. */
const METADATA_FRESH_MS = 5_000;

/** A broker shows what was written a moment later. */
const SHOWN_AFTER_MS = 500;

/** What a change wrote on a cluster. */
export interface WrittenParts {
  topics: readonly string[];
  quotas: boolean;
}

export interface ClusterReader {
  /** Reads these parts now and answers when that is done; identical requests share one reading. */
  refresh: (parts: readonly Part[]) => Promise<void>;
  /** What was written by a change is read anew, soon. */
  expect: (written: WrittenParts) => void;
  /** Ends all reading and closes the connections. */
  stop: () => Promise<void>;
}

export interface ClusterReaderOptions {
  connection: ResolvedConnection;
  openAdmin: OpenAdmin;
  /** AWS in the cluster's region; null: no account reaches it. */
  aws: AwsRegion | null;
  /** Whether a person has looked at anything lately. */
  isLookedAt: () => boolean;
  scrape: Scrape;
  collected: CollectMetrics;
  clock: Clock;
  settings: CollectorSettings;
  log: Log;
  metrics: CollectorMetrics;
  snapshot: () => ClusterSnapshot;
  /** Takes the snapshot that a reading made. */
  onSnapshot: (snapshot: ClusterSnapshot) => void;
}

/** Reads all parts of one cluster, each on its own clock and each failing alone, until it is stopped. */
export function startClusterReader(options: ClusterReaderOptions): ClusterReader {
  const { connection, clock, settings, snapshot } = options;
  const admin = connection.bootstrap.length === 0 ? null : options.openAdmin(connection);
  const aws = options.aws === null || connection.msk === null ? null : awsReaders(options.aws, connection.msk.arn, options);
  const exporters = hasPart(connection, "exporter") && connection.exporter !== null ? exporterReader(connection.exporter, options) : null;
  const configs = admin === null ? null : createConfigReader(admin, clock, snapshot);
  const recordTimes = admin === null ? null : createRecordTimesReader(admin, clock);
  const runners = new Map<Part, PartRunner>();
  let allConfigs = false;
  let stopped = false;

  async function read(part: Part): Promise<boolean> {
    const asked = part === "configs" && allConfigs;
    if (asked) allConfigs = false;
    const result = await readSafely(options, part, () =>
      readPart(part, { admin, aws, exporters, configs, recordTimes, clock, snapshot, allConfigs: asked }),
    );
    if (stopped || result === null) return true;
    const isFirstOfMsk = part === "msk" && snapshot().msk === null && result.broughtSomething;
    options.onSnapshot(withPart(snapshot(), part, result, isoNow(clock)));
    // CloudWatch is asked by the name that MSK tells, and brokers that do not answer are listed by MSK.
    if (isFirstOfMsk) for (const other of ["metadata", "cloudwatch"] as const) runners.get(other)?.hasten(0);
    if (part === "metadata") startOthers();
    else if (wantsMetadata(part, result.problems)) runners.get("metadata")?.hasten(0);
    return result.broughtSomething;
  }

  /** Topics that commits name and metadata does not: one that was just made, or one this principal may not see. */
  const sought = new Set<string>();
  function wantsMetadata(part: Part, problems: readonly Problem[]): boolean {
    const isNews = part === "offsets" && addUnknownTopics(snapshot(), sought);
    return isNews || (missesBroker(problems) && metadataAgeMs(snapshot(), clock) > METADATA_FRESH_MS);
  }

  const untaken = (part: Part) => (error: unknown) => {
    options.log.error({ cluster: connection.id, part, err: error }, "A reading could not be taken.");
    return false;
  };

  /** Everything else needs the brokers, so it begins once they were asked for, whatever they answered. */
  let othersStarted = false;
  function startOthers(): void {
    if (othersStarted) return;
    othersStarted = true;
    for (const [part, runner] of runners) if (part !== "metadata" && part !== "msk") runner.start(0);
  }

  for (const part of PARTS) {
    if (!hasPart(connection, part)) continue;
    runners.set(part, createPartRunner({ clock, ...timing(part, options), read: () => read(part).catch(untaken(part)) }));
  }
  // MSK's description names the brokers, which its topic API does not.
  runners.get("msk")?.start(0);
  runners.get("metadata")?.start(0);

  return {
    async refresh(parts) {
      if (parts.includes("configs")) allConfigs = true;
      const run = (part: Part) => runners.get(part)?.run(settings.shareReadingsMs);
      // Topics made a moment ago must be known before their offsets are asked for.
      if (parts.includes("metadata")) await run("metadata");
      await Promise.all(parts.filter((part) => part !== "metadata").map(run));
    },
    expect({ topics, quotas }) {
      configs?.expect(topics);
      const parts: Part[] = [...(topics.length > 0 ? (["metadata", "configs"] as const) : []), ...(quotas ? (["quotas"] as const) : [])];
      for (const part of parts) runners.get(part)?.hasten(SHOWN_AFTER_MS);
    },
    async stop() {
      stopped = true;
      const ending = [...runners.values()].map((runner) => runner.stop());
      exporters?.stop();
      admin?.close();
      await Promise.all(ending);
    },
  };
}

function exporterReader(exporter: ResolvedExporter, { scrape, collected, clock, settings }: ClusterReaderOptions): ExporterReader {
  return createExporterReader(exporterSource({ exporter, scrape, collected, clock, deadlineMs: settings.scrapeDeadlineMs }));
}

function awsReaders(region: AwsRegion, arn: string, { clock, isLookedAt }: ClusterReaderOptions): AwsReaders {
  const cloud = createCloudReader(region, clock);
  let askedMs = Number.NEGATIVE_INFINITY;
  return {
    readMsk: () => readMsk(region, arn),
    topology: createMskTopology(region, arn, clock),
    isCloudDue: () => isLookedAt() || clock.now() - askedMs >= CLOUDWATCH_MS - CHECK_MS / 2,
    async readCloud(cluster, needs) {
      askedMs = clock.now();
      const reading = await cloud.read(cluster, needs);
      // A cluster without datapoints has been asked; one that was refused is asked again with the next turn.
      if (reading.value === null && reading.problems.length > 0) askedMs = Number.NEGATIVE_INFINITY;
      return reading;
    },
  };
}

/**
 * All parts of a cluster are read at the same moments, so that one version of the fleet shows them all. The moment lies well inside
 * a minute, so that no minute is skipped because one scrape came a moment before it and the next a moment after.
 */
function timing(part: Part, { connection, settings }: ClusterReaderOptions): { intervalMs: number; phaseMs: number } {
  const checked = part === "configs" || part === "cloudwatch";
  const intervalMs = checked ? CHECK_MS : intervalOf(part, connection, settings.intervals);
  return { intervalMs, phaseMs: 20_000 + spread(connection.id, 15_000) };
}

/** A reading whose code fails costs its part and is told of, like one that no broker answers. */
async function readSafely(
  options: ClusterReaderOptions,
  part: Part,
  reading: () => Promise<PartResult | null>,
): Promise<PartResult | null> {
  const cluster = options.connection.id;
  const end = options.metrics.sweepSeconds.startTimer({ cluster, part });
  try {
    const result = await reading();
    for (const { code } of result?.problems ?? []) options.metrics.sweepProblems.inc({ cluster, part, code });
    return result;
  } catch (error) {
    options.log.error({ cluster, part, err: error }, "A reading failed.");
    options.metrics.sweepProblems.inc({ cluster, part, code: "invalid" });
    const message = `What the cluster answered could not be used: ${error instanceof Error ? error.message : String(error)}`;
    return nothing([{ code: "invalid", operation: part, message }]);
  } finally {
    end();
  }
}

function missesBroker(problems: readonly Problem[]): boolean {
  return problems.some(({ brokerId, code }) => brokerId !== undefined && (code === "unreachable" || code === "timeout"));
}

/** Adds what was not sought before, and says whether there was any. */
function addUnknownTopics({ groups, metadata }: ClusterSnapshot, sought: Set<string>): boolean {
  const before = sought.size;
  for (const { committed } of groups.values()) {
    for (const { topic } of committed) if (metadata !== null && !metadata.topics.has(topic)) sought.add(topic);
  }
  return sought.size > before;
}

function metadataAgeMs(snapshot: ClusterSnapshot, clock: Clock): number {
  const { at } = snapshot.parts.metadata;
  return at === null ? Number.POSITIVE_INFINITY : clock.now() - Date.parse(at);
}
