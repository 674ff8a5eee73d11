import type { GroupMemberFact } from "@/lib/domain/facts";

/**
 * The assignment that a classic group's leader wrote for a member, in Kafka's ConsumerProtocolAssignment: version int16
 * [topics: name string16 [partitions: int32]] user data. Empty while the group rebalances; bytes that are something else
 * (an assignor of somebody's own) are no assignment that can be shown.
 */
export function memberAssignment(bytes: Buffer): GroupMemberFact["assigned"] {
  if (bytes.length < 6) return [];
  try {
    let at = 2;
    const int32 = () => {
      at += 4;
      return bytes.readInt32BE(at - 4);
    };
    const topic = () => {
      const length = bytes.readInt16BE(at);
      at += 2 + length;
      if (length < 0 || at > bytes.length) throw new RangeError("no name");
      return bytes.toString("utf8", at - length, at);
    };
    const list = <T>(item: () => T): T[] => {
      const length = int32();
      if (length < 0 || length > bytes.length) throw new RangeError("no list");
      return Array.from({ length }, item);
    };
    return list(() => ({ topic: topic(), partitions: list(int32) }));
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
