import { offsetFetchV8, Writer } from "@platformatic/kafka";
import type { CommittedOffset } from "@/lib/domain/facts";
import { keptList } from "@/lib/domain/kept-list";
import { createBreath } from "./breath";
import { ByteCursor } from "./byte-cursor";
import { ByteWriter } from "./byte-writer";
import type { Operation, RawAnswer } from "./operation";

/** All commits of many groups in one request: Kafka 3.0 and newer (KIP-709). */
export const OFFSET_FETCH: Operation<[groupIds: readonly string[]], RawAnswer> = {
  name: "OffsetFetch",
  key: offsetFetchV8.api.key,
  versions: [9, 8].map((version) => ({
    version,
    createRequest: (groupIds) => createRequest(groupIds, version),
    parse: (reader) => ({ version, bytes: reader.buffer.slice(reader.position) }),
  })),
};

const NO_EPOCH = -1;

/** [groups: group_id (9: member_id member_epoch) [topics]] require_stable. Null topics: all of them. */
function createRequest(groupIds: readonly string[], version: number): Writer {
  const writer = new ByteWriter().compactLength(groupIds.length);
  for (const id of groupIds) {
    writer.string(id);
    if (version >= 9) writer.compactNull().int32(NO_EPOCH);
    writer.compactNull().noTags();
  }
  return Writer.create().append(writer.boolean(false).noTags().bytes());
}

export interface GroupCommits {
  groupId: string;
  errorCode: number;
  committed: CommittedOffset[];
  /** Partitions whose commit was refused; the group's others are good. */
  failed: { topic: string; errorCode: number }[];
}

/**
 * Decodes OffsetFetch 8 and 9: throttle_time_ms [groups: group_id [topics: name [partitions: index committed_offset
 * leader_epoch metadata error_code]] error_code]. An offset of -1 is no commit. `same` makes equal topic names one string.
 */
export async function decodeOffsetFetch(
  { bytes }: RawAnswer,
  same: (name: string) => string,
  take: (commits: GroupCommits) => void,
): Promise<void> {
  const cursor = new ByteCursor(bytes);
  const breath = createBreath();
  cursor.int32();
  for (let groups = cursor.compactLength(); groups > 0; groups -= 1) {
    const commits: GroupCommits = { groupId: cursor.string(), errorCode: 0, committed: [], failed: [] };
    for (let topics = cursor.compactLength(); topics > 0; topics -= 1) {
      decodeTopic(cursor, same(cursor.string()), commits);
      const pause = breath();
      if (pause) await pause;
    }
    commits.committed = keptList(commits.committed);
    commits.errorCode = cursor.int16();
    cursor.skipTags();
    take(commits);
  }
}

function decodeTopic(cursor: ByteCursor, topic: string, commits: GroupCommits): void {
  for (let left = cursor.compactLength(); left > 0; left -= 1) {
    const partition = cursor.int32();
    const offset = cursor.int64();
    cursor.int32();
    cursor.skipString();
    const errorCode = cursor.int16();
    cursor.skipTags();
    if (errorCode !== 0) commits.failed.push({ topic, errorCode });
    else if (offset >= 0n) commits.committed.push({ topic, partition, offset });
  }
  cursor.skipTags();
}
