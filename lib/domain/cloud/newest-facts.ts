import type { CloudFacts, CloudGroupLag, CloudSeries, PublishedSeries, SeriesKey } from "@/lib/domain/cloud-facts";
import { levelOf, type SeriesLevel } from "./metrics";

/** Values under broker 0 are those of a cluster without brokers of its own (serverless). */
export const NO_BROKER = 0;

type TopicRates = CloudFacts["topics"] extends Map<string, Map<number, infer T>> ? T : never;

const TOPIC_FIELDS: Record<string, keyof TopicRates> = {
  BytesInPerSec: "bytesInPerSecond",
  BytesOutPerSec: "bytesOutPerSecond",
  MessagesInPerSec: "recordsInPerSecond",
};
const LAG_FIELDS: Record<string, keyof CloudGroupLag> = {
  SumOffsetLag: "sumOffsetLag",
  MaxOffsetLag: "maxOffsetLag",
  EstimatedMaxTimeLag: "estimatedMaxTimeLagSeconds",
  MaxEstimatedTimeLag: "estimatedMaxTimeLagSeconds",
};

/**
 * The newest datapoint of each series, as facts about now. null: no series had a datapoint in the window. A series without one is left
 * out, so that a gap is never taken for a zero.
 */
export function newestFacts(series: readonly CloudSeries[], published: PublishedSeries): CloudFacts | null {
  let newestMs = Number.NEGATIVE_INFINITY;
  const facts: CloudFacts = {
    at: "",
    published: publishedMetrics(published),
    brokers: new Map(),
    topics: new Map(),
    groups: new Map(),
    cluster: {},
  };
  for (const { key, points } of series) {
    const point = points.at(-1);
    if (point === undefined) continue;
    newestMs = Math.max(newestMs, point.atMs);
    put(facts, key, point.value);
  }
  return newestMs === Number.NEGATIVE_INFINITY ? null : { ...facts, at: new Date(newestMs).toISOString() };
}

function put(facts: CloudFacts, key: SeriesKey, value: number): void {
  const { metric, brokerId = NO_BROKER, topic = "", group = "" } = key;
  switch (levelOf(key)) {
    case "cluster":
      facts.cluster[metric] = value;
      return;
    case "broker":
      entryOf(facts.brokers, brokerId, (): Record<string, number> => ({}))[metric] = value;
      return;
    case "topic": {
      const field = TOPIC_FIELDS[metric];
      if (field === undefined) return;
      const byBroker = entryOf(facts.topics, topic, () => new Map<number, TopicRates>());
      entryOf(byBroker, brokerId, (): TopicRates => ({}))[field] = value;
      return;
    }
    case "group": {
      const field = LAG_FIELDS[metric];
      if (field === undefined) return;
      const byTopic = entryOf(facts.groups, group, () => new Map<string, CloudGroupLag>());
      entryOf(byTopic, topic, (): CloudGroupLag => ({}))[field] = value;
    }
  }
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

function publishedMetrics({ keys }: PublishedSeries): CloudFacts["published"] {
  const names: Record<SeriesLevel, Set<string>> = { cluster: new Set(), broker: new Set(), topic: new Set(), group: new Set() };
  for (const key of keys) names[levelOf(key)].add(key.metric);
  return { cluster: [...names.cluster], broker: [...names.broker], topic: [...names.topic], group: [...names.group] };
}
