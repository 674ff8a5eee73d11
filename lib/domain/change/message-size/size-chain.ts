import type { SizeChain } from "@/lib/domain/change/plan";
import type { ChangedTopic } from "@/lib/domain/change/topic-keys/topic-key-change";
import { brokerNumber, limitOf } from "@/lib/domain/change/topic-value";
import { isKnown, type Observed, sumObserved, unavailable } from "@/lib/domain/observed";
import { CLIENT_DEFAULTS } from "./larger";

type Step = SizeChain["steps"][number];

const NOT_SEEN = "not seen; Kafka's default";

/** Every limit that a record passes on its way, with the new one of the topic. `fits`: it lets records of the new size through as they are. */
export function sizeChainOf(topics: readonly ChangedTopic[], largest: readonly Observed<number>[], at: string): SizeChain {
  const after = mostOf(topics);
  return {
    kind: "message-size",
    steps: [
      clientStep("producers", "max.request.size"),
      { where: "topics", key: "max.message.bytes", bytes: after, source: sourceOf(topics), fits: after === null ? null : true },
      brokerStep(topics, "message.max.bytes", (bytes) => topics.every(hasOwn) || (after !== null && bytes >= after)),
      brokerStep(topics, "replica.fetch.max.bytes", (bytes) => after !== null && bytes >= after),
      clientStep("consumers", "max.partition.fetch.bytes"),
      clientStep("consumers", "fetch.max.bytes"),
    ],
    largestRecordBytes: largestSeen(largest, at),
    marks: marksOf(topics),
  };
}

/** What a client has set is its own; the default only says what it has if nobody set it. */
function clientStep(where: string, key: keyof typeof CLIENT_DEFAULTS): Step {
  return { where, key, bytes: CLIENT_DEFAULTS[key], source: NOT_SEEN, fits: null };
}

function brokerStep(topics: readonly ChangedTopic[], key: string, fits: (bytes: number) => boolean): Step {
  const values = topics.map(({ scoped }) => brokerNumber(scoped.cluster, key));
  const known = values.filter((value) => value !== null);
  const bytes = known.length === 0 ? null : Math.min(...known);
  const isWhole = bytes !== null && known.length === values.length;
  return { where: "brokers", key, bytes, source: bytes === null ? "not read" : "broker", fits: isWhole ? fits(bytes) : null };
}

function mostOf(topics: readonly ChangedTopic[]): number | null {
  const values = topics.map(({ keys }) => limitOf(keys.get("max.message.bytes")?.effectiveAfter ?? null));
  const known = values.filter((value) => value !== null);
  return known.length === 0 || known.length < values.length ? null : Math.max(...known);
}

function hasOwn({ keys }: ChangedTopic): boolean {
  const change = keys.get("max.message.bytes");
  return change !== undefined && change.after !== null;
}

function sourceOf(topics: readonly ChangedTopic[]): string {
  return topics.every(hasOwn) ? "topic" : "broker";
}

/** The largest of all topics; of some that could not be looked at it is at least that. */
function largestSeen(largest: readonly Observed<number>[], at: string): Observed<number> {
  const known = largest.filter(isKnown);
  const none = unavailable("No records were looked at.", "Choose a topic.", at);
  // The weakest mark and the oldest time of all, as for a sum.
  const all = sumObserved(largest, none);
  return isKnown(all) ? { ...all, value: Math.max(...known.map(({ value }) => value)) } : all;
}

function marksOf(topics: readonly ChangedTopic[]): SizeChain["marks"] {
  const tiers = new Map(topics.flatMap(({ scoped }) => scoped.tenants.map(({ tier }) => [tier.id, tier] as const)));
  return [...tiers.values()].flatMap(({ name, maxMessageBytes }) => {
    const marks = [
      { label: `${name} default`, value: maxMessageBytes?.default },
      { label: `${name} bound`, value: maxMessageBytes?.max },
    ];
    return marks.flatMap(({ label, value }) => (value === undefined ? [] : [{ label, value }]));
  });
}
