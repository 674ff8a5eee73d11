import type { ClusterFacts } from "@/lib/domain/change/facts";
import type { ConfigFact, Problem } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ConfigReading, KafkaAdmin } from "@/lib/kafka";
import type { Context } from "@/lib/operations/context";
import type { ClusterNeed } from "./facts-needed";
import { writeWays } from "./write-ways";

/** What plans decide by, of topics and of a broker. */
const TOPIC_KEYS = [
  "cleanup.policy",
  "retention.ms",
  "retention.bytes",
  "local.retention.ms",
  "remote.storage.enable",
  "max.message.bytes",
  "segment.ms",
  "segment.bytes",
  "min.insync.replicas",
  "message.timestamp.type",
] as const;
const BROKER_KEYS = [
  "message.max.bytes",
  "replica.fetch.max.bytes",
  "fetch.max.bytes",
  "log.retention.ms",
  "log.retention.minutes",
  "log.retention.hours",
  "log.retention.bytes",
  "log.retention.check.interval.ms",
  "log.cleanup.policy",
  "offsets.retention.minutes",
] as const;

/** MSK answers for one topic at a time. */
const MSK_AT_ONCE = 8;

type Live = Pick<ClusterFacts, "configs" | "brokerConfigs" | "quotas" | "partitions" | "problems">;

/** Reads of one cluster what a plan needs, live: as many requests as brokers and batches of topics, whatever the number of tenants. */
export async function readClusterFacts(context: Context, snapshot: ClusterSnapshot, need: ClusterNeed): Promise<ClusterFacts> {
  const connection = context.connection(snapshot.clusterId);
  const ways = writeWays(snapshot, connection);
  const msk = snapshot.msk?.cluster ?? null;
  const live = ways.topicsBy.by === "msk" ? await readByMsk(context, snapshot, need) : await readByKafka(context, snapshot, need);
  return {
    clusterId: snapshot.clusterId,
    name: snapshot.name,
    mode: connection.mode,
    kind: msk?.kind ?? "kafka",
    instanceType: msk?.instanceType ?? null,
    managedElsewhere: connection.managedElsewhere ?? null,
    ...ways,
    snapshot,
    ...live,
  };
}

async function readByKafka(context: Context, snapshot: ClusterSnapshot, need: ClusterNeed): Promise<Live> {
  const { brokerConfigs } = snapshot;
  if (context.connection(snapshot.clusterId).bootstrap.length === 0) {
    return { configs: new Map(), brokerConfigs, quotas: null, partitions: null, problems: [] };
  }
  const admin = context.kafka(snapshot.clusterId);
  const [topics, broker, quotas, metadata] = await Promise.all([
    readTopics(admin, need),
    readBroker(admin, snapshot, need),
    need.quotas ? admin.readQuotas() : { value: null, problems: [] },
    need.partitions ? admin.readMetadata() : { value: null, problems: [] },
  ]);
  const partitions =
    metadata.value === null ? null : new Map([...metadata.value.topics].map(([name, topic]) => [name, topic.partitions.length]));
  return {
    configs: topics.configs,
    brokerConfigs: broker ?? brokerConfigs,
    quotas: quotas.value,
    partitions,
    problems: [...topics.problems, ...quotas.problems, ...metadata.problems],
  };
}

async function readTopics(admin: KafkaAdmin, { topics }: ClusterNeed): Promise<Pick<Live, "configs"> & { problems: Problem[] }> {
  if (topics.size === 0) return { configs: new Map(), problems: [] };
  const reading = await admin.readConfigs(
    [...topics].map((name) => ({ type: "topic", name })),
    TOPIC_KEYS,
  );
  const configs = reading.value.flatMap(({ resource, configs }): [string, ConfigFact[]][] =>
    resource.type === "topic" ? [[resource.name, configs]] : [],
  );
  return { configs: new Map(configs), problems: reading.problems };
}

/** One broker speaks for all; where it does not answer, what was collected does. */
async function readBroker(admin: KafkaAdmin, { metadata }: ClusterSnapshot, { topics }: ClusterNeed): Promise<ConfigFact[] | null> {
  const [first] = metadata?.brokers ?? [];
  if (first === undefined || topics.size === 0) return null;
  const { value } = await admin.readConfigs([{ type: "broker", id: first.id }], BROKER_KEYS);
  return value.find(({ resource }: ConfigReading) => resource.type === "broker")?.configs ?? null;
}

/** MSK's topic API does not say which values are overrides, so each value it tells counts as the topic's own. */
async function readByMsk(context: Context, snapshot: ClusterSnapshot, need: ClusterNeed): Promise<Live> {
  const region = context.aws(snapshot.clusterId);
  const arn = context.connection(snapshot.clusterId).msk?.arn;
  const nothing: Live = { configs: new Map(), brokerConfigs: snapshot.brokerConfigs, quotas: null, partitions: null, problems: [] };
  if (region === null || arn === undefined) return nothing;
  const configs = new Map<string, ConfigFact[]>();
  const partitions = new Map<string, number>();
  const problems: Problem[] = [];
  const topics = [...need.topics];
  for (let start = 0; start < topics.length; start += MSK_AT_ONCE) {
    const part = topics.slice(start, start + MSK_AT_ONCE);
    const readings = await Promise.all(part.map((topic) => region.readTopic(arn, topic)));
    for (const { value, problems: missing } of readings) {
      problems.push(...missing);
      if (value === null) continue;
      partitions.set(value.name, value.partitionCount);
      configs.set(value.name, Object.entries(value.configs).map(ownValue));
    }
  }
  return { ...nothing, configs, partitions, problems };
}

function ownValue([name, value]: [string, string]): ConfigFact {
  return { name, value, source: "topic", readOnly: false, sensitive: false, synonyms: [] };
}
