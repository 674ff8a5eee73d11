import { metadataV9, metadataV12 } from "@platformatic/kafka";
import type { BrokerFact, MetadataFacts, PartitionFact, TopicFact } from "@/lib/domain/facts";
import { createBreath } from "./breath";
import { ByteCursor } from "./byte-cursor";
import { type RawAnswer, undecoded } from "./operation";

/** Null topics: all that the sign-in may describe. Never creates a topic. */
export const METADATA = undecoded<[topics: string[] | null, allowCreation: boolean, withOperations: boolean]>(
  "Metadata",
  metadataV12,
  metadataV9,
);

export interface MetadataAnswer {
  facts: MetadataFacts;
  /** Topics that were answered with an error. Partitions carry theirs as a missing leader. */
  failedTopics: { name: string; errorCode: number }[];
}

/** Decodes Metadata 9 and 12: [brokers] cluster_id controller_id [topics] (9: cluster_authorized_operations). */
export async function decodeMetadata({ version, bytes }: RawAnswer): Promise<MetadataAnswer> {
  const cursor = new ByteCursor(bytes);
  const breath = createBreath();
  const same = createSameList();
  cursor.int32();
  const brokers = decodeBrokers(cursor);
  const kafkaClusterId = cursor.string();
  const controllerId = cursor.int32();
  const facts: MetadataFacts = { kafkaClusterId, controllerId: controllerId < 0 ? null : controllerId, brokers, topics: new Map() };
  const failedTopics: MetadataAnswer["failedTopics"] = [];
  for (let left = cursor.compactLength(); left > 0; left -= 1) {
    const { errorCode, topic } = decodeTopic(cursor, version, same);
    if (errorCode !== 0) failedTopics.push({ name: topic.name, errorCode });
    if (errorCode === 0 || topic.partitions.length > 0) facts.topics.set(topic.name, topic);
    const pause = breath();
    if (pause) await pause;
  }
  return { facts, failedTopics };
}

function decodeBrokers(cursor: ByteCursor): BrokerFact[] {
  const brokers: BrokerFact[] = [];
  for (let left = cursor.compactLength(); left > 0; left -= 1) {
    brokers.push({ id: cursor.int32(), host: cursor.string(), port: cursor.int32(), rack: cursor.nullableString() });
    cursor.skipTags();
  }
  return brokers;
}

function decodeTopic(cursor: ByteCursor, version: number, same: SameList): { errorCode: number; topic: TopicFact } {
  const errorCode = cursor.int16();
  const name = cursor.string();
  if (version >= 10) cursor.skip(16);
  const internal = cursor.boolean();
  const partitions: PartitionFact[] = [];
  let inOrder = true;
  for (let left = cursor.compactLength(); left > 0; left -= 1) {
    const partition = decodePartition(cursor, same);
    inOrder &&= partition.partition === partitions.length;
    partitions.push(partition);
  }
  cursor.int32();
  cursor.skipTags();
  return { errorCode, topic: { name, internal, partitions: inOrder ? partitions : byNumber(partitions) } };
}

function decodePartition(cursor: ByteCursor, same: SameList): PartitionFact {
  cursor.int16();
  const partition = cursor.int32();
  const leader = cursor.int32();
  cursor.int32();
  const replicas = same(cursor);
  const isr = same(cursor);
  cursor.skip(cursor.compactLength() * 4);
  cursor.skipTags();
  return { partition, leader: leader < 0 ? null : leader, replicas, isr };
}

/** A partition that the broker left out exists all the same: its number is below another's. */
function byNumber(partitions: readonly PartitionFact[]): PartitionFact[] {
  const known = new Map(partitions.map((one) => [one.partition, one]));
  const length = Math.max(...known.keys()) + 1;
  return Array.from({ length }, (_, partition) => known.get(partition) ?? { partition, leader: null, replicas: [], isr: [] });
}

type SameList = (cursor: ByteCursor) => number[];

/** How many different replica lists are kept at hand. */
const LISTS = 64;

/** Reads a list of brokers and gives equal ones the same array: tens of thousands of partitions have few different ones. */
function createSameList(): SameList {
  const lists: number[][] = [];
  return (cursor) => {
    const length = cursor.compactLength();
    const known = lists.find((list) => cursor.startsWithInt32s(list, length));
    if (known) {
      cursor.skip(length * 4);
      return known;
    }
    const fresh = Array.from({ length: Math.max(0, length) }, () => cursor.int32());
    if (lists.length < LISTS) lists.push(fresh);
    return fresh;
  };
}
