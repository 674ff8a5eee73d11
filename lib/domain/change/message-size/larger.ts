import { consequence } from "@/lib/domain/change/draft";
import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import type { Consequence } from "@/lib/domain/change/plan";
import { readersOf } from "@/lib/domain/change/readers";
import { brokerNumber } from "@/lib/domain/change/topic-value";
import { formatSize, listed, nameOrCount } from "@/lib/domain/change/words";
import { formatCountOf } from "@/lib/domain/format";
import { producersOf } from "./producers";
import type { SizedTopic } from "./sizes";

/** Defaults of Kafka's clients, where they were not set otherwise. Source: Kafka 4.1's producer and consumer configuration. */
export const CLIENT_DEFAULTS = {
  "max.request.size": 1_048_576,
  "max.partition.fetch.bytes": 1_048_576,
  "fetch.max.bytes": 52_428_800,
} as const;

/** Brokers refuse a request that is larger, whatever a topic admits. Kafka's default where it was not read. */
export const REQUEST_MAX_BYTES = 104_857_600;

/** What has to be set elsewhere before records of the new size arrive: at producers, brokers and consumers. */
export function largerConsequences(topics: readonly SizedTopic[], facts: PlanFacts): Consequence[] {
  const larger = topics.filter(({ direction }) => direction === "looser");
  if (larger.length === 0) return [];
  const most = Math.max(...larger.map(({ after }) => after ?? 0));
  return [
    ...requestTooLarge(larger),
    producerNote(larger, most, facts),
    ...replicaNotes(larger),
    ...consumerNotes(larger, most),
    brokerNote(larger),
  ];
}

function requestTooLarge(topics: readonly SizedTopic[]): Consequence[] {
  const over = clustersOf(topics).flatMap(({ cluster, most }) => {
    const limit = brokerNumber(cluster, "socket.request.max.bytes") ?? REQUEST_MAX_BYTES;
    return most > limit ? [{ cluster, limit }] : [];
  });
  return over.map(({ cluster, limit }) =>
    consequence({
      class: "breaks",
      sentence: `The brokers of ${cluster.name} refuse requests above ${formatSize(limit)} (socket.request.max.bytes), whatever a topic admits.`,
      detail: "The connection is closed on such a request, so a producer sees it lost instead of refused.",
      clusterId: cluster.clusterId,
    }),
  );
}

function producerNote(topics: readonly SizedTopic[], most: number, { registry }: PlanFacts): Consequence {
  const byDefault = CLIENT_DEFAULTS["max.request.size"];
  const needed =
    most > byDefault ? `need max.request.size of at least ${formatSize(most)}` : `need no more than their default max.request.size`;
  return consequence({
    class: "note",
    sentence: `Producers ${needed} to send records of the new size; what they have set is not seen from here.`,
    detail: `${formatSize(byDefault)} by default, counted before compression. ${producersOf(
      topics.map(({ changed }) => changed.scoped),
      registry,
    )}`,
  });
}

/** Since Kafka 0.10.1 (KIP-74) a limit of a fetch is not absolute: the first batch of a response is sent whole. */
function replicaNotes(topics: readonly SizedTopic[]): Consequence[] {
  return clustersOf(topics).flatMap(({ cluster, most }) => {
    const limit = brokerNumber(cluster, "replica.fetch.max.bytes");
    const about = { clusterId: cluster.clusterId };
    if (limit === null) {
      const sentence = `How much the brokers of ${cluster.name} copy at a time (replica.fetch.max.bytes) was not read; batches above it are still copied, one in each answer.`;
      return [consequence({ class: "unseen", sentence, ...about })];
    }
    if (limit >= most) return [];
    const sentence = `Brokers of ${cluster.name} copy ${formatSize(limit)} of a partition at a time (replica.fetch.max.bytes): a larger batch is still copied, one in each answer, so followers of these topics may fall behind.`;
    return [consequence({ class: "note", sentence, ...about })];
  });
}

function consumerNotes(topics: readonly SizedTopic[], most: number): Consequence[] {
  const groups = new Set<string>();
  for (const { changed } of topics) {
    const { cluster, topic } = changed.scoped;
    for (const { group } of readersOf(cluster.snapshot, topic)) groups.add(group.id);
  }
  const limit = CLIENT_DEFAULTS["max.partition.fetch.bytes"];
  if (most <= limit) return [];
  const whole = most > CLIENT_DEFAULTS["fetch.max.bytes"] ? ` and fetch.max.bytes of at least ${formatSize(most)}` : "";
  const who = groups.size === 0 ? "Whoever reads" : `${formatCountOf(groups.size, "group")}, ${listed([...groups])},`;
  const sentence = `${who} ${groups.size < 2 ? "needs" : "need"} max.partition.fetch.bytes of at least ${formatSize(most)}${whole} to read at full speed; what is set is not seen from here.`;
  const detail = `${formatSize(limit)} by default. A batch above it is still read, one in each answer, since Kafka 0.10.1; older clients stop at it.`;
  return [consequence({ class: "note", sentence, detail })];
}

/** The topic's own value counts instead of the brokers'. */
function brokerNote(topics: readonly SizedTopic[]): Consequence {
  const values = new Set(topics.map(({ changed }) => brokerNumber(changed.scoped.cluster, "message.max.bytes")));
  const [only] = values;
  const value = values.size === 1 && only !== undefined && only !== null ? ` of ${formatSize(only)}` : "";
  const where = nameOrCount(
    topics.map(({ changed }) => changed.scoped.topic),
    "topic",
  );
  const own = topics.every(({ changed }) => changed.keys.get("max.message.bytes")?.after !== null);
  const sentence = own
    ? `The brokers' message.max.bytes${value} does not stand in the way: ${where} ${topics.length === 1 ? "has its" : "have their"} own value.`
    : `The brokers' message.max.bytes${value} is what counts where the own value is taken away.`;
  return consequence({ class: "fine", sentence });
}

function clustersOf(topics: readonly SizedTopic[]): { cluster: ClusterFacts; most: number }[] {
  const most = new Map<ClusterFacts, number>();
  for (const { changed, after } of topics) {
    const { cluster } = changed.scoped;
    most.set(cluster, Math.max(most.get(cluster) ?? 0, after ?? 0));
  }
  return [...most].map(([cluster, bytes]) => ({ cluster, most: bytes }));
}
