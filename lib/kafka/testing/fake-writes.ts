import { type Reader, Writer } from "@platformatic/kafka";

/** Requests and answers of the calls that change a cluster, in the newest version the console speaks. */

export interface AskedWrites<Item> {
  items: Item[];
  validateOnly: boolean;
}

/** An error code with the broker's sentence; absent: done. "left out": the answer does not name the item. */
export type FakeRefusal = { errorCode: number; sentence?: string } | "left out" | undefined;

export interface AskedConfigs {
  topic: string;
  /** "retention.ms=1000"; "-retention.ms": taken away. */
  changes: string[];
}

const OPERATIONS = ["", "-"];

/** An IncrementalAlterConfigs 1. */
export function configsAsked(request: Reader): AskedWrites<AskedConfigs> {
  const items = request.readArray((resource): AskedConfigs => {
    if (resource.readInt8() !== 2) throw new Error("not a topic");
    const topic = resource.readString();
    const changes = resource.readArray((config) => {
      const name = config.readString();
      const operation = OPERATIONS[config.readInt8()] ?? "?";
      const value = config.readNullableString();
      return `${operation}${name}${value === null ? "" : `=${value}`}`;
    });
    return { topic, changes };
  });
  return { items, validateOnly: request.readBoolean() };
}

export function configsAnswer(items: readonly AskedConfigs[], refusal: (topic: string) => FakeRefusal = () => undefined): Writer {
  return itemsAnswer(
    items,
    ({ topic }) => refusal(topic),
    (writer, { topic }, errorCode, sentence) => {
      writer.appendInt16(errorCode).appendString(sentence).appendInt8(2).appendString(topic);
    },
  );
}

export interface AskedQuota {
  entity: { type: string; name: string | null }[];
  /** "producer_byte_rate=1000"; "-producer_byte_rate": taken away. */
  changes: string[];
}

/** An AlterClientQuotas 1. */
export function quotasAsked(request: Reader): AskedWrites<AskedQuota> {
  const items = request.readArray(
    (entry): AskedQuota => ({
      entity: entry.readArray((part) => ({ type: part.readString(), name: part.readNullableString() })),
      changes: entry.readArray((change) => {
        const key = change.readString();
        const value = change.readFloat64();
        return change.readBoolean() ? `-${key}` : `${key}=${value}`;
      }),
    }),
  );
  return { items, validateOnly: request.readBoolean() };
}

/** The parts of each entity come in the other order than they were asked in. */
export function quotasAnswer(items: readonly AskedQuota[], refusal: (names: string) => FakeRefusal = () => undefined): Writer {
  return itemsAnswer(
    items,
    ({ entity }) => refusal(entity.map(({ name }) => name).join("/")),
    (writer, { entity }, errorCode, sentence) => {
      writer.appendInt16(errorCode).appendString(sentence);
      writer.appendArray(entity.toReversed(), (parts, { type, name }) => void parts.appendString(type).appendString(name));
    },
  );
}

export interface AskedPartitions {
  topic: string;
  count: number;
}

/** A CreatePartitions 3, which must leave the assignment to the cluster. */
export function partitionsAsked(request: Reader): AskedWrites<AskedPartitions> & { timeoutMs: number } {
  const items = request.readArray((topic): AskedPartitions => {
    const asked = { topic: topic.readString(), count: topic.readInt32() };
    if (topic.readNullableArray(() => undefined) !== null) throw new Error("an assignment");
    return asked;
  });
  return { items, timeoutMs: request.readInt32(), validateOnly: request.readBoolean() };
}

export function partitionsAnswer(items: readonly AskedPartitions[], refusal: (topic: string) => FakeRefusal = () => undefined): Writer {
  return itemsAnswer(
    items,
    ({ topic }) => refusal(topic),
    (writer, { topic }, errorCode, sentence) => void writer.appendString(topic).appendInt16(errorCode).appendString(sentence),
  );
}

/** throttle_time_ms [items], the last first: no answer promises the order of its request. */
function itemsAnswer<Item>(
  items: readonly Item[],
  refusalOf: (item: Item) => FakeRefusal,
  write: (writer: Writer, item: Item, errorCode: number, sentence: string | null) => void,
): Writer {
  const told = items.toReversed().flatMap((item) => {
    const refusal = refusalOf(item);
    return refusal === "left out" ? [] : [{ item, errorCode: refusal?.errorCode ?? 0, sentence: refusal?.sentence ?? null }];
  });
  return Writer.create()
    .appendInt32(0)
    .appendArray(told, (writer, { item, errorCode, sentence }) => write(writer, item, errorCode, sentence))
    .appendTaggedFields();
}
