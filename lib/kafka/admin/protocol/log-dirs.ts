import { describeLogDirsV2, describeLogDirsV3, describeLogDirsV4 } from "@platformatic/kafka";
import { createBreath } from "./breath";
import { ByteCursor } from "./byte-cursor";
import { type RawAnswer, undecoded } from "./operation";

export const DESCRIBE_LOG_DIRS = undecoded<[topics: null]>("DescribeLogDirs", describeLogDirsV4, describeLogDirsV3, describeLogDirsV2);

export interface LogDirAnswer {
  errorCode: number;
  path: string;
  replicas: { topic: string; partition: number; sizeBytes: number }[];
  /** -1, or null before Kafka 3.3: not said. */
  totalBytes: bigint | null;
  usableBytes: bigint | null;
}

/**
 * Decodes DescribeLogDirs 2 to 4: throttle_time_ms (3: error_code) [results: error_code log_dir [topics: name [partitions:
 * index size offset_lag is_future_key]] (4: total_bytes usable_bytes)]. A future replica is a move under way, not data more.
 */
export async function decodeLogDirs({ version, bytes }: RawAnswer): Promise<{ errorCode: number; dirs: LogDirAnswer[] }> {
  const cursor = new ByteCursor(bytes);
  const breath = createBreath();
  cursor.int32();
  const errorCode = version >= 3 ? cursor.int16() : 0;
  const dirs: LogDirAnswer[] = [];
  for (let left = cursor.compactLength(); left > 0; left -= 1) {
    const dir: LogDirAnswer = { errorCode: cursor.int16(), path: cursor.string(), replicas: [], totalBytes: null, usableBytes: null };
    for (let topics = cursor.compactLength(); topics > 0; topics -= 1) {
      decodeTopic(cursor, dir);
      const pause = breath();
      if (pause) await pause;
    }
    if (version >= 4) {
      dir.totalBytes = cursor.int64();
      dir.usableBytes = cursor.int64();
    }
    cursor.skipTags();
    dirs.push(dir);
  }
  return { errorCode, dirs };
}

function decodeTopic(cursor: ByteCursor, dir: LogDirAnswer): void {
  const topic = cursor.string();
  for (let left = cursor.compactLength(); left > 0; left -= 1) {
    const partition = cursor.int32();
    const sizeBytes = Number(cursor.int64());
    cursor.int64();
    const moving = cursor.boolean();
    cursor.skipTags();
    if (!moving) dir.replicas.push({ topic, partition, sizeBytes });
  }
  cursor.skipTags();
}
