import { listOffsetsV6, Writer } from "@platformatic/kafka";
import { createBreath } from "./breath";
import { ByteCursor } from "./byte-cursor";
import { ByteWriter } from "./byte-writer";
import type { Operation, RawAnswer } from "./operation";

/** Some partitions of one topic, each with the time asked for, or one time for all. */
export interface OffsetQuestion {
  topic: string;
  partitions: number[];
  times: bigint | bigint[];
}

const CONSUMER = -1;
const READ_UNCOMMITTED = 0;
const ANY_EPOCH = -1;

/** Versions 6 to 9 are alike in all that is used here. */
const VERSIONS = [9, 8, 7, 6];

export const LIST_OFFSETS: Operation<[questions: readonly OffsetQuestion[]], RawAnswer> = {
  name: "ListOffsets",
  key: listOffsetsV6.api.key,
  versions: VERSIONS.map((version) => ({
    version,
    createRequest,
    parse: (reader) => ({ version, bytes: reader.buffer.slice(reader.position) }),
  })),
};

/**
 * replica_id isolation_level [topics: name [partitions: index current_leader_epoch timestamp]]. Written into one buffer: the
 * library makes a buffer of every number, which for thousands of partitions costs more than everything else of a sweep.
 */
function createRequest(questions: readonly OffsetQuestion[]): Writer {
  const writer = new ByteWriter();
  writer.int32(CONSUMER).int8(READ_UNCOMMITTED).compactLength(questions.length);
  for (const { topic, partitions, times } of questions) {
    writer.string(topic).compactLength(partitions.length);
    for (let index = 0; index < partitions.length; index += 1) {
      const time = typeof times === "bigint" ? times : (times[index] ?? 0n);
      writer
        .int32(partitions[index] ?? 0)
        .int32(ANY_EPOCH)
        .int64(time)
        .noTags();
    }
    writer.noTags();
  }
  return Writer.create().append(writer.noTags().bytes());
}

/** What a partition answered. A timestamp of -1 says nothing; an offset of -1: no record fits the question. */
export type TakeOffset = (topic: string, partition: number, errorCode: number, offset: bigint, timestamp: bigint) => void;

/** Decodes throttle_time_ms [topics: name [partitions: index error_code timestamp offset leader_epoch]]. */
export async function decodeListOffsets({ bytes }: RawAnswer, take: TakeOffset): Promise<void> {
  const cursor = new ByteCursor(bytes);
  const breath = createBreath();
  cursor.int32();
  for (let topics = cursor.compactLength(); topics > 0; topics -= 1) {
    const topic = cursor.string();
    for (let left = cursor.compactLength(); left > 0; left -= 1) {
      const partition = cursor.int32();
      const errorCode = cursor.int16();
      const timestamp = cursor.int64();
      const offset = cursor.int64();
      cursor.int32();
      cursor.skipTags();
      take(topic, partition, errorCode, offset, timestamp);
    }
    cursor.skipTags();
    const pause = breath();
    if (pause) await pause;
  }
}
