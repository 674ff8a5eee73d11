import { Partitioners } from "kafkajs";
import { describe, expect, it } from "vitest";
import { defaultPartition } from "./default-partition";

/** From `UtilsTest.testMurmur2` of Apache Kafka. */
const MURMUR2: [key: string, hash: number][] = [
  ["21", -973932308],
  ["foobar", -790332482],
  ["a-little-bit-long-string", -985981536],
  ["a-little-bit-longer-string", -1486304829],
  ["lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971],
  ["abc", 479470107],
];

describe("the partition of a key", () => {
  it.each(MURMUR2)("follows from Kafka's own hash: %s", (key, hash) => {
    for (const partitions of [1, 3, 6, 40, 1_000]) expect(defaultPartition(key, partitions)).toBe((hash & 0x7fffffff) % partitions);
  });

  it("is the one that a client takes, for keys of every length and in every script", () => {
    const choose = Partitioners.DefaultPartitioner();
    const keys = ["", "a", "ab", "abc", "abcd", "acme", "tenant-17", "münchen", "東京", "🦉", "x".repeat(249)];
    for (let at = 0; at < 2_000; at += 1) keys.push(`tenant-${at}`);
    for (const partitions of [1, 2, 7, 12, 100]) {
      const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 1 }) as never);
      for (const key of keys) {
        expect([key, defaultPartition(key, partitions)]).toEqual([
          key,
          choose({ topic: "t", partitionMetadata, message: { key, value: "" } }),
        ]);
      }
    }
  });
});
