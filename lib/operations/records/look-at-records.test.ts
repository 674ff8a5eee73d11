import { describe, expect, it } from "vitest";
import type { PartitionOffsets, Problem } from "@/lib/domain/facts";
import type { RecordsView } from "@/lib/domain/views/records";
import type { KafkaAdmin, SampleRequest } from "@/lib/kafka";
import { contextOf } from "@/lib/operations/testing/context";
import { fleetOf, snapshotOf, topicOf } from "@/lib/operations/testing/fleet";
import type { Store } from "@/lib/store";
import { lookAtRecords } from "./look-at-records";

const PROBLEM: Problem = { code: "unavailable", operation: "ListOffsets", message: "The partition has no leader now." };

/** A topic of which each partition holds one record, newer from partition to partition; `unknown` has no leader. */
function topicWith(partitions: number, unknown: readonly number[] = []) {
  const numbers = Array.from({ length: partitions }, (_, partition) => partition);
  const fact = { name: "t", internal: false, partitions: numbers.map((partition) => ({ partition, leader: 1, replicas: [1], isr: [1] })) };
  const metadata = { kafkaClusterId: "k", controllerId: 1, brokers: [], topics: new Map([["t", fact]]) };
  const offsets = async (offset: bigint) => ({
    value: new Map([["t", numbers.map((one) => (unknown.includes(one) ? null : offset))]]) as PartitionOffsets,
    problems: unknown.length === 0 ? [] : [PROBLEM],
  });
  const read: number[] = [];
  const sampleRecords = async (_clusterId: string, { partition }: SampleRequest) => {
    read.push(partition);
    const record = { partition, offset: 0n, timestampMs: partition, key: null, value: null, headers: [], batchBaseOffset: 0n };
    return { value: { records: [record], nextOffset: 1n, logStartOffset: 0n, endOffset: 1n, stableOffset: 1n }, problems: [] };
  };
  const context = contextOf([fleetOf({ clusters: [snapshotOf("c1", { metadata })], topics: [topicOf("t")] })], {
    store: { run: async () => [{ allowed: true, actor: "ada", at: new Date(), reason: "r" }] } as unknown as Store,
    kafka: () => ({ readLogStarts: () => offsets(0n), readEndOffsets: () => offsets(1n) }) as unknown as KafkaAdmin,
    sampleRecords,
  });
  const look = async (input: object = {}) => (await lookAtRecords.run(context, { clusterId: "c1", topic: "t", ...input })) as RecordsView;
  return { look, read };
}

describe("a look at a whole topic", () => {
  it("reads all of up to sixteen partitions, the newest record first", async () => {
    const { look } = topicWith(16);
    const { records, partitionsRead, partitions } = await look({ count: 2 });
    expect([partitionsRead, partitions]).toEqual([16, 16]);
    expect(records.map(({ partition }) => partition)).toEqual([15, 14]);
  });

  it("reads sixteen of more, spread over all, and says of how many", async () => {
    const { look, read } = topicWith(1_000);
    expect(await look()).toMatchObject({ partitionsRead: 16, partitions: 1_000 });
    expect(read).toHaveLength(16);
    expect(new Set(read.map((partition) => Math.floor((partition * 16) / 1_000)))).toEqual(
      new Set(Array.from({ length: 16 }, (_, part) => part)),
    );
  });

  it("says what it does not know of partitions that were asked for, and of no other", async () => {
    expect(await topicWith(3, [1]).look()).toMatchObject({ partitionsRead: 2, partitions: 3, problems: [PROBLEM] });
    expect(await topicWith(3, [1]).look({ partition: 0 })).toMatchObject({ partitionsRead: 1, partitions: 1, problems: [] });
    expect(await topicWith(3, [1]).look({ partition: 1, offset: "0" })).toMatchObject({ records: [], partitions: 1, problems: [PROBLEM] });
    expect(await topicWith(0).look()).toMatchObject({ records: [], problems: [{ code: "unavailable" }] });
  });
});
