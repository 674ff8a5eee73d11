import type Broker from "kafkajs/src/broker/index.js";
import { describe, expect, it } from "vitest";
import { offsetAfter, readableRecords } from "./record-facts";

function record(
  offset: number,
  more: Partial<Broker.WireRecord> = {},
  batch: Partial<NonNullable<Broker.WireRecord["batchContext"]>> = {},
) {
  return {
    offset: String(offset),
    timestamp: "1700000000000",
    key: Buffer.from("k"),
    value: Buffer.from("v"),
    headers: {},
    isControlRecord: false,
    batchContext: { firstOffset: "0", producerId: "-1", inTransaction: false, lastOffsetDelta: 9, ...batch },
    ...more,
  };
}

function answer(
  messages: Broker.WireRecord[],
  abortedTransactions: Broker.WirePartition["abortedTransactions"] = [],
): Broker.WirePartition {
  return { partition: 3, errorCode: 0, highWatermark: "100", messages, abortedTransactions };
}

describe("records for people to look at", () => {
  it("begin at the offset asked for, though the batch begins before", () => {
    const facts = readableRecords(answer([record(0), record(1), record(2)]), 1n);
    expect(facts.map(({ offset, batchBaseOffset, partition }) => [offset, batchBaseOffset, partition])).toEqual([
      [1n, 0n, 3],
      [2n, 0n, 3],
    ]);
  });

  it("show headers one by one, repeated names and missing values too", () => {
    const a = Buffer.from("a");
    const [fact] = readableRecords(answer([record(0, { headers: { tenant: a, trace: [a, null], empty: null } })]), 0n);
    expect(fact?.headers).toEqual([
      { name: "tenant", value: a },
      { name: "trace", value: a },
      { name: "trace", value: null },
      { name: "empty", value: null },
    ]);
  });

  it("leave out markers and what was rolled back, and nothing else", () => {
    const inTransaction = (producerId: string) => ({ producerId, inTransaction: true });
    const abort = { key: Buffer.from([0, 0, 0, 0]), isControlRecord: true };
    const commit = { key: Buffer.from([0, 0, 0, 1]), isControlRecord: true };
    const messages = [
      record(10, {}, inTransaction("7")),
      record(11, {}, inTransaction("8")),
      record(12),
      record(13, abort, inTransaction("7")),
      record(14, {}, inTransaction("7")),
      record(15, commit, inTransaction("7")),
      record(16, abort, inTransaction("8")),
    ];
    const aborted = [
      { producerId: "8", firstOffset: "5" },
      { producerId: "7", firstOffset: "4" },
    ];
    expect(readableRecords(answer(messages, aborted), 0n).map(({ offset }) => offset)).toEqual([12n, 14n]);
  });

  it("go on after the whole batch", () => {
    expect(offsetAfter(answer([record(0), record(2, {}, { firstOffset: "2", lastOffsetDelta: 5 })]))).toBe(8n);
    expect(offsetAfter(answer([]))).toBeNull();
  });
});
