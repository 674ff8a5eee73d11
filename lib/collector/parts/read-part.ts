import type { CloudReader } from "@/lib/collector/aws/cloud-reader";
import type { MskTopology } from "@/lib/collector/aws/msk-topology";
import { type Clock, isoNow } from "@/lib/collector/clock";
import type { ClusterAdmin } from "@/lib/collector/ports";
import { runSlices } from "@/lib/collector/run-slices";
import { mergeCloud } from "@/lib/collector/snapshot/merge-cloud";
import { mergeLag } from "@/lib/collector/snapshot/merge-lag";
import { mergeLogs } from "@/lib/collector/snapshot/merge-logs";
import { mergeMetadata } from "@/lib/collector/snapshot/merge-metadata";
import { mergeMeters } from "@/lib/collector/snapshot/merge-meters";
import { sameMetadata } from "@/lib/collector/snapshot/same-metadata";
import { nothing, type PartResult } from "@/lib/collector/snapshot/with-part";
import type { MetadataFacts, Reading } from "@/lib/domain/facts";
import type { MskFacts } from "@/lib/domain/msk-facts";
import type { ClusterSnapshot, Part } from "@/lib/domain/snapshot";
import type { ConfigReader } from "./read-due-configs";
import type { ExporterReader } from "./read-exporters";
import type { RecordTimesReader } from "./read-record-times";

/** AWS's side of a cluster. */
export interface AwsReaders {
  readMsk: () => Promise<Reading<MskFacts | null>>;
  topology: MskTopology;
  readCloud: CloudReader["read"];
  /** Whether CloudWatch's turn has come: each minute while somebody looks, else now and then. */
  isCloudDue: () => boolean;
}

export interface ReadContext {
  /** null: the connection names no address, so the brokers are not asked. */
  admin: ClusterAdmin | null;
  /** null: not an MSK cluster that an account reaches. */
  aws: AwsReaders | null;
  /** null: the connection names no exporter. */
  exporters: ExporterReader | null;
  configs: ConfigReader | null;
  /** null: the brokers are not asked. */
  recordTimes: RecordTimesReader | null;
  clock: Clock;
  /** The newest snapshot: other parts may have been read meanwhile. */
  snapshot: () => ClusterSnapshot;
  /** Whether a person asked for every configuration. */
  allConfigs: boolean;
}

/** Reads one part and says what it came to; null: nothing was due. */
export async function readPart(part: Part, context: ReadContext): Promise<PartResult | null> {
  const { admin, aws, clock, snapshot } = context;
  if (part === "metadata") return readTopology(context);
  if (part === "msk") return aws === null ? null : whole(await aws.readMsk(), (msk) => ({ msk }));
  if (part === "cloudwatch") return aws?.isCloudDue() === true ? readCloud(aws, snapshot, clock.now()) : null;
  return admin === null ? null : readFromKafka(part, admin, context);
}

type KafkaPart = Exclude<Part, "metadata" | "msk" | "cloudwatch">;

async function readFromKafka(part: KafkaPart, admin: ClusterAdmin, context: ReadContext): Promise<PartResult | null> {
  const { clock, snapshot } = context;
  switch (part) {
    case "offsets": {
      const given = toldByBrokers(snapshot());
      const reading = await admin.sweepLag(given ?? undefined);
      return withRecordTimes(await runSlices(mergeLag(snapshot, reading, given, clock.now())), context);
    }
    case "starts":
      return readStarts(admin, snapshot());
    case "logs": {
      const reading = await admin.readLogs();
      return runSlices(mergeLogs(snapshot(), reading, clock.now()));
    }
    case "exporter":
      return readMeters(context);
    case "quotas":
      return whole(await admin.readQuotas(), (quotas) => ({ quotas }));
    case "acls":
      return whole(await admin.readAcls(), (acls) => ({ acls }));
    case "scram":
      return whole(await admin.readScramUsers(), (scramUsers) => ({ scramUsers }));
    case "configs":
      return context.configs?.read(context.allConfigs) ?? null;
  }
}

/**
 * Topics and brokers as the brokers tell them. Where they never did, MSK's topic API stands in; a cluster that answered before is not
 * told anew by it, because MSK's list of nodes says nothing of who is alive.
 */
async function readTopology({ admin, aws, clock, snapshot }: ReadContext): Promise<PartResult> {
  const reading = admin === null ? { value: null, problems: [] } : await readHeld(admin, snapshot);
  const { metadata, metadataFrom, msk, cloud } = snapshot();
  const hasToldItself = metadata !== null && metadataFrom === "kafka";
  if (reading.value !== null || aws === null || hasToldItself)
    return withOrigin(mergeMetadata(snapshot(), reading, isoNow(clock)), "kafka");
  const instead = await aws.topology.read(msk, cloud?.topics.keys() ?? []);
  const problems = [...reading.problems, ...instead.problems];
  return withOrigin(mergeMetadata(snapshot(), { value: instead.value, problems }, isoNow(clock)), "msk");
}

/** Not with the first sweep: what it brings is waited for by people, and is the first that was watched. */
async function withRecordTimes(result: PartResult, { recordTimes, snapshot }: ReadContext): Promise<PartResult> {
  const { groups, endHistory } = result.fields;
  const { parts, starts, metadata, recordTimes: lookedUp } = snapshot();
  if (recordTimes === null || metadata === null || parts.offsets.at === null) return result;
  if (groups === undefined || endHistory === undefined) return result;
  const seen = { groups, starts, endHistory, metadata, ...(lookedUp === undefined ? {} : { recordTimes: lookedUp }) };
  return { ...result, fields: { ...result.fields, recordTimes: await recordTimes(seen) } };
}

/** What of the metadata has not changed is held as it was. */
async function readHeld(admin: ClusterAdmin, snapshot: () => ClusterSnapshot): Promise<Reading<MetadataFacts | null>> {
  const { value, problems } = await admin.readMetadata();
  return { value: value === null ? null : await runSlices(sameMetadata(snapshot().metadata, value)), problems };
}

function withOrigin(result: PartResult, metadataFrom: ClusterSnapshot["metadataFrom"]): PartResult {
  return result.broughtSomething ? { ...result, fields: { ...result.fields, metadataFrom } } : result;
}

async function readCloud(aws: AwsReaders, snapshot: () => ClusterSnapshot, nowMs: number): Promise<PartResult | null> {
  const { msk, parts } = snapshot();
  // CloudWatch knows clusters by name, and MSK says which that is.
  if (msk === null) return null;
  const { name, kind, createdAt } = msk.cluster;
  const needs = { rates: parts.exporter.at === null, lag: parts.offsets.at === null, express: kind === "express" };
  return mergeCloud(snapshot(), await aws.readCloud({ name, serverless: kind === "serverless", createdAt }, needs), nowMs);
}

/** MSK's names of brokers are not those of the sign-in that the connection uses, so nobody connects by them. */
function toldByBrokers({ metadata, metadataFrom }: ClusterSnapshot): ClusterSnapshot["metadata"] {
  return metadataFrom === "kafka" ? metadata : null;
}

/** A part that is known as a whole or not at all. */
function whole<T>({ value, problems }: Reading<T | null>, fields: (value: T) => PartResult["fields"]): PartResult {
  return value === null ? nothing(problems) : { fields: fields(value), broughtSomething: true, problems };
}

/** Log starts that are not known are so in the snapshot too: an old start would hide a loss. */
async function readStarts(admin: ClusterAdmin, snapshot: ClusterSnapshot): Promise<PartResult> {
  const metadata = toldByBrokers(snapshot);
  if (metadata === null) return nothing([]);
  const { value: starts, problems } = await admin.readLogStarts(metadata);
  const known = [...starts.values()].some((partitions) => partitions.some((offset) => offset !== null));
  return known || problems.length === 0 ? { fields: { starts }, broughtSomething: true, problems } : nothing(problems);
}

async function readMeters({ exporters, clock, snapshot }: ReadContext): Promise<PartResult | null> {
  const { metadata } = snapshot();
  if (exporters === null) return null;
  if (metadata === null) return nothing([]);
  const { meters, problems } = await exporters.read(metadata.brokers);
  return mergeMeters(snapshot(), meters, problems, isoNow(clock));
}
