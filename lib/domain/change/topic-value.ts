import type { ClusterFacts } from "./facts";
import type { PlannedOperation } from "./operation";

/** A topic's value for a key, as it was read live. */
export interface TopicValue {
  /** Its own; null: it has none. */
  own: string | null;
  /** What counts now; null: not told. */
  effective: string | null;
  /** What counts while it has none of its own; null: not told. */
  inherited: NonNullable<PlannedOperation["inherited"]> | null;
  /** MSK's topic API tells values and not whose they are; they are then taken for the topic's own. */
  isOwnKnown: boolean;
}

/** null: the topic's configuration could not be read, or has no such key. */
export function topicValue({ configs }: Pick<ClusterFacts, "configs">, topic: string, key: string): TopicValue | null {
  const entry = configs.get(topic)?.find(({ name }) => name === key);
  if (entry === undefined) return null;
  const { value, source, synonyms } = entry;
  if (source === "unknown") return { own: value, effective: value, inherited: null, isOwnKnown: false };
  const fallback = source === "topic" ? synonyms.find((one) => one.source !== "topic") : entry;
  const inherited = fallback === undefined ? null : { value: fallback.value, source: fallback.source };
  return { own: source === "topic" ? value : null, effective: value, inherited, isOwnKnown: true };
}

/** What counts once the topic has this value of its own, or none. */
export function effectiveAfter({ inherited }: TopicValue, after: string | null): string | null {
  return after ?? inherited?.value ?? null;
}

/** A limit as a number; Kafka's -1 is infinite. null: not known. */
export function limitOf(text: string | null): number | null {
  if (text === null || text.trim() === "") return null;
  const value = Number(text);
  if (!Number.isFinite(value)) return null;
  return value < 0 ? Number.POSITIVE_INFINITY : value;
}

/** A topic's effective value as a number: of a key that is no limit, as it is. null: not known. */
export function topicNumber(cluster: Pick<ClusterFacts, "configs">, topic: string, key: string): number | null {
  const text = topicValue(cluster, topic, key)?.effective ?? null;
  const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A broker's value as a number; null: not read. */
export function brokerNumber({ brokerConfigs }: Pick<ClusterFacts, "brokerConfigs">, key: string): number | null {
  const text = brokerConfigs.find(({ name }) => name === key)?.value ?? null;
  const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
