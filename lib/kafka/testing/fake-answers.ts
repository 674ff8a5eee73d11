import { type Reader, Writer } from "@platformatic/kafka";

/** Answers of a broker in the protocol's own form, each in the newest version the console speaks. */

const NO_ID = "00000000-0000-0000-0000-000000000000";
const ints = (writer: Writer, values: number[]) => writer.appendArray(values, (list, value) => void list.appendInt32(value), true, false);

export interface FakeTopic {
  name: string;
  /** By partition the broker that leads it; -1: none. */
  leaders: number[];
}

/** Metadata 12 of brokers `b-<id>`; a controller of -1: none is named. */
export function metadataAnswer(brokerIds: number[], topics: FakeTopic[], controllerId = -1): Writer {
  return Writer.create()
    .appendInt32(0)
    .appendArray(brokerIds, (brokers, id) => void brokers.appendInt32(id).appendString(`b-${id}`).appendInt32(9096).appendString(null))
    .appendString("cluster-id")
    .appendInt32(controllerId)
    .appendArray(topics, (list, { name, leaders }) => {
      list.appendInt16(0).appendString(name).appendUUID(NO_ID).appendBoolean(false);
      list.appendArray(leaders, (partitions, leader, index) => {
        partitions
          .appendInt16(leader < 0 ? 5 : 0)
          .appendInt32(index)
          .appendInt32(leader)
          .appendInt32(0);
        ints(ints(ints(partitions, [leader]), [leader]), []);
      });
      list.appendInt32(-1);
    })
    .appendTaggedFields();
}

/** ListGroups 5. */
export function listGroupsAnswer(groups: { id: string; type?: string; state?: string }[], errorCode = 0): Writer {
  return Writer.create()
    .appendInt32(0)
    .appendInt16(errorCode)
    .appendArray(groups, (list, { id, type, state }) => {
      list
        .appendString(id)
        .appendString("consumer")
        .appendString(state ?? "Stable")
        .appendString(type ?? "Classic");
    })
    .appendTaggedFields();
}

/** The group ids of an OffsetFetch 9. */
export function groupsAsked(request: Reader): string[] {
  return request.readArray((group) => {
    const id = group.readString();
    group.readNullableString();
    group.readInt32();
    group.readNullableArray(() => undefined);
    return id;
  });
}

export interface FakeCommits {
  id: string;
  errorCode?: number;
  offsets?: Record<string, bigint[]>;
}

/** OffsetFetch 9. */
export function offsetFetchAnswer(groups: FakeCommits[]): Writer {
  return Writer.create()
    .appendInt32(0)
    .appendArray(groups, (list, { id, errorCode, offsets }) => {
      list.appendString(id).appendArray(Object.entries(offsets ?? {}), (topics, [name, committed]) => {
        topics.appendString(name).appendArray(committed, (partitions, offset, index) => {
          partitions.appendInt32(index).appendInt64(offset).appendInt32(-1).appendString("").appendInt16(0);
        });
      });
      list.appendInt16(errorCode ?? 0);
    })
    .appendTaggedFields();
}

export interface AskedOffset {
  topic: string;
  partition: number;
  time: bigint;
}

/** The partitions of a ListOffsets 9. */
export function offsetsAsked(request: Reader): AskedOffset[] {
  request.readInt32();
  request.readInt8();
  const topics = request.readArray((topic) => {
    const name = topic.readString();
    return topic.readArray((partition): AskedOffset => {
      const asked = { topic: name, partition: partition.readInt32() };
      partition.readInt32();
      return { ...asked, time: partition.readInt64() };
    });
  });
  return topics.flat();
}

/** ListOffsets 9: what `answer` says of each partition asked for. */
export function listOffsetsAnswer(asked: AskedOffset[], answer: (asked: AskedOffset) => { offset?: bigint; errorCode?: number }): Writer {
  const topics = new Map<string, AskedOffset[]>();
  for (const one of asked) topics.set(one.topic, [...(topics.get(one.topic) ?? []), one]);
  return Writer.create()
    .appendInt32(0)
    .appendArray([...topics], (list, [name, partitions]) => {
      list.appendString(name).appendArray(partitions, (writer, one) => {
        const { offset = -1n, errorCode = 0 } = answer(one);
        writer.appendInt32(one.partition).appendInt16(errorCode).appendInt64(-1n).appendInt64(offset).appendInt32(-1);
      });
    })
    .appendTaggedFields();
}

/** FindCoordinator 6: every key at the broker that `brokerOf` names. */
export function coordinatorAnswer(keys: string[], brokerOf: (key: string) => number): Writer {
  return Writer.create()
    .appendInt32(0)
    .appendArray(keys, (list, key) => {
      const id = brokerOf(key);
      list.appendString(key).appendInt32(id).appendString(`b-${id}`).appendInt32(9096).appendInt16(0).appendString(null);
    })
    .appendTaggedFields();
}

/** The keys of a FindCoordinator 4 to 6. */
export function keysAsked(request: Reader): string[] {
  request.readInt8();
  return request.readArray((key) => key.readString(), true, false);
}
