import type { ConfigFact, Problem } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Tier } from "@/lib/domain/tier";
import type { TopicDetail } from "@/lib/domain/views/clusters";
import type { Context } from "@/lib/operations/context";
import { sharedRead } from "@/lib/operations/live/shared-read";

export interface TopicConfigs {
  /** null: neither read now nor kept from before. */
  configs: TopicDetail["configs"];
  configsAt: string | null;
  problems: Problem[];
}

/** A topic's configuration as it is now; where it cannot be read, as it was last seen, with the reason. */
export async function readTopicConfigs(
  context: Context,
  snapshot: ClusterSnapshot,
  topic: string,
  tier: Tier | null,
): Promise<TopicConfigs> {
  if (snapshot.metadataFrom === "msk") return readByMsk(context, snapshot, topic, tier);
  const admin = context.kafka(snapshot.clusterId);
  const { reading, at } = await sharedRead(context, admin, `configs ${topic}`, async (source) => ({
    reading: await source.readConfigs([{ type: "topic", name: topic }]),
    at: context.now().toISOString(),
  }));
  const live = reading.value.find(({ resource }) => resource.type === "topic" && resource.name === topic);
  if (live !== undefined) return { configs: live.configs.map((config) => viewOf(config, tier)), configsAt: at, problems: reading.problems };
  const kept = snapshot.configs.get(topic);
  const configs = kept?.entries.map((config) => viewOf(config, tier)) ?? null;
  return { configs, configsAt: kept?.at ?? null, problems: reading.problems };
}

/** MSK's topic API tells more keys than were set and not where they come from, so their source stays unknown. */
async function readByMsk(context: Context, snapshot: ClusterSnapshot, topic: string, tier: Tier | null): Promise<TopicConfigs> {
  const region = context.aws(snapshot.clusterId);
  const arn = context.connection(snapshot.clusterId).msk?.arn;
  if (region === null || arn === undefined) return { configs: null, configsAt: null, problems: [] };
  const { reading, at } = await sharedRead(context, region, `configs ${arn} ${topic}`, async (source) => ({
    reading: await source.readTopic(arn, topic),
    at: context.now().toISOString(),
  }));
  if (reading.value === null) return { configs: null, configsAt: null, problems: reading.problems };
  const entries = Object.entries(reading.value.configs).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const facts = entries.map(
    ([name, value]): ConfigFact => ({ name, value, source: "unknown", readOnly: false, sensitive: false, synonyms: [] }),
  );
  return { configs: facts.map((config) => viewOf(config, tier)), configsAt: at, problems: reading.problems };
}

function viewOf(config: ConfigFact, tier: Tier | null): NonNullable<TopicDetail["configs"]>[number] {
  const { name, value, source, sensitive, readOnly, synonyms } = config;
  const tierDefault = tier === null ? null : defaultOf(tier, name);
  return {
    name,
    value,
    source,
    sensitive,
    readOnly,
    synonyms,
    tierDefault,
    differsFromTier: tierDefault !== null && value !== null && value !== tierDefault,
  };
}

/** What a tier says about a key of Kafka, in Kafka's own unit. */
function defaultOf(tier: Tier, key: string): string | null {
  const value =
    key === "retention.ms" ? tier.retentionMs?.default : key === "max.message.bytes" ? tier.maxMessageBytes?.default : undefined;
  return value === undefined ? null : String(value);
}
