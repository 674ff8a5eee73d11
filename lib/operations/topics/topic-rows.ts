import { z } from "zod";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import type { Csv, CsvValue } from "@/lib/operations/define";
import { Order, Words } from "@/lib/operations/list/list-query";
import { observedCells } from "@/lib/operations/list/observed-cells";
import { includesWords, observedKey, type SortKey, sortRows } from "@/lib/operations/list/order";
import { ownerWords, passesOwner } from "@/lib/operations/list/owner-filter";
import type { Again } from "@/lib/operations/list/page";

export const TOPIC_SORTS = ["name", "partitions", "bytesIn", "bytesOut", "size", "retention", "groups"] as const;
type TopicSort = (typeof TOPIC_SORTS)[number];

export const topicFilters = { q: Words, sort: z.enum(TOPIC_SORTS).default("name"), order: Order.exactOptional() };

export interface TopicFilter {
  q: string;
  owner: string;
  sort: TopicSort;
  order?: "asc" | "desc";
}

/** Kafka's "unlimited" is the longest retention, not the shortest. */
function retentionKey(topic: TopicSummary): SortKey {
  const known = observedKey(topic.retentionMs);
  return known === -1 ? Number.POSITIVE_INFINITY : known;
}

const KEYS: Record<TopicSort, (topic: TopicSummary) => SortKey> = {
  name: (topic) => topic.topic,
  partitions: (topic) => topic.partitions,
  bytesIn: (topic) => observedKey(topic.bytesInPerSecond),
  bytesOut: (topic) => observedKey(topic.bytesOutPerSecond),
  size: (topic) => observedKey(topic.sizeBytes),
  retention: retentionKey,
  groups: (topic) => topic.groupCount,
};

/** The topics a filter lets through, in its order: names from a, numbers from the largest, unless said otherwise. */
export function filterTopics(fleet: FleetSnapshot, topics: Iterable<TopicSummary>, filter: TopicFilter): TopicSummary[] {
  const tenantTopics = new Set<string>();
  const tenant = fleet.tenants.get(filter.owner);
  for (const { clusterId, topic } of tenant?.topics ?? []) tenantTopics.add(`${clusterId}/${topic}`);
  const found = [...topics].filter(
    (row) =>
      includesWords(row.topic, filter.q) && passesOwner(row.owner, filter.owner, () => tenantTopics.has(`${row.clusterId}/${row.topic}`)),
  );
  const order = filter.order ?? (filter.sort === "name" ? "asc" : "desc");
  return sortRows(found, KEYS[filter.sort], order, (row) => `${row.topic}\n${row.clusterId}`);
}

/** How a topic is found again in a newer fleet: cluster ids hold no line feed, and what follows the first one is the name. */
export const topicAgain: Again<TopicSummary> = {
  keyOf: ({ clusterId, topic }) => `${clusterId}\n${topic}`,
  find: ({ topics }, key) => topics.get(key.slice(0, key.indexOf("\n")))?.get(key.slice(key.indexOf("\n") + 1)),
};

export function topicsCsv(filename: string, topics: Iterable<TopicSummary>): Csv {
  return { filename, head: HEAD, rows: topicCells(topics) };
}

const HEAD = [
  "cluster",
  "topic",
  "owner",
  "partitions",
  "replication factor",
  "partitions without leader",
  "under-replicated partitions",
  "in, bytes/s",
  "in, source",
  "out, bytes/s",
  "out, source",
  "records in, 1/s",
  "records in, source",
  "size of one copy, bytes",
  "size of one copy, source",
  "size with replicas, bytes",
  "size with replicas, source",
  "retention, ms",
  "retention, source",
  "groups",
];

function* topicCells(topics: Iterable<TopicSummary>): Generator<CsvValue[]> {
  for (const topic of topics) {
    yield [
      topic.clusterId,
      topic.topic,
      ownerWords(topic.owner),
      topic.partitions,
      topic.replicationFactor,
      topic.leaderless,
      topic.underReplicated,
      ...observedCells(topic.bytesInPerSecond),
      ...observedCells(topic.bytesOutPerSecond),
      ...observedCells(topic.recordsInPerSecond),
      ...observedCells(topic.sizeBytes),
      ...observedCells(topic.sizeWithReplicasBytes),
      ...observedCells(topic.retentionMs),
      topic.groupCount,
    ];
  }
}
