import { describe, expect, it } from "vitest";
import type { RecordSample, SampleRequest } from "@/lib/kafka";
import type { Context } from "@/lib/operations/context";
import { lastRecords } from "./read-records";

interface Log {
  start?: number;
  end: number;
  /** Before the end, where a transaction is open. */
  stable?: number;
  /** Offsets that hold no record to be read: markers, rolled back, compacted. */
  gaps?: readonly number[];
  /** Records that fit in one answer. */
  fit?: number;
}

/** A log that answers as the adapter does: whole records, from an offset on, as many as fit. */
function logOf({ start = 0, end, stable = end, gaps = [], fit = 1_000 }: Log) {
  const asked: number[] = [];
  const sampleRecords = async (_clusterId: string, { offset, maxRecords, partition }: SampleRequest) => {
    asked.push(Number(offset));
    const offsets = Array.from({ length: Math.max(0, stable - Number(offset)) }, (_, index) => Number(offset) + index);
    const there = offsets.filter((one) => !gaps.includes(one));
    const taken = there.slice(0, Math.min(fit, maxRecords));
    const next = there[taken.length] ?? Math.max(stable, Number(offset));
    const records = taken.map((one) => ({
      partition,
      offset: BigInt(one),
      timestampMs: one,
      key: null,
      value: null,
      headers: [],
      batchBaseOffset: BigInt(one),
    }));
    const value: RecordSample = {
      records,
      nextOffset: BigInt(next),
      logStartOffset: 0n,
      endOffset: BigInt(end),
      stableOffset: BigInt(stable),
    };
    return { value, problems: [] };
  };
  const part = { clusterId: "c1", topic: "t", partition: 0, start: BigInt(start), end: BigInt(end) };
  const last = async (count: number, isLate = () => false) => {
    const { value, problems } = await lastRecords({ sampleRecords } as unknown as Context, part, count, isLate);
    return { offsets: value.map(({ offset }) => Number(offset)), problems, asked };
  };
  return { last };
}

describe("the last records of a log", () => {
  it("are read at once where they fit", async () => {
    expect(await logOf({ end: 100 }).last(3)).toEqual({ offsets: [97, 98, 99], problems: [], asked: [97] });
    expect((await logOf({ start: 98, end: 100 }).last(20)).offsets).toEqual([98, 99]);
  });

  it.each([
    [1, [99]],
    [2, [98, 99]],
    [4, [98, 99]],
    [5, [95, 96, 97, 98, 99]],
  ])("are the last where only %d fit in an answer", async (fit, offsets) => {
    const { offsets: found, asked } = await logOf({ end: 100, fit }).last(20);
    expect(found).toEqual(offsets);
    expect(asked.length).toBeLessThanOrEqual(6);
  });

  it("are those before a transaction that is still open", async () => {
    expect((await logOf({ end: 100, stable: 60 }).last(3)).offsets).toEqual([57, 58, 59]);
    expect((await logOf({ end: 100, stable: 99 }).last(3)).offsets).toEqual([96, 97, 98]);
    expect((await logOf({ start: 50, end: 100, stable: 50 }).last(3)).offsets).toEqual([]);
  });

  it("are found before markers and what was compacted at the end", async () => {
    expect((await logOf({ end: 100, gaps: [99] }).last(2)).offsets).toEqual([98]);
    expect((await logOf({ end: 100, gaps: [91, 93, 95, 97, 99], fit: 1 }).last(20)).offsets).toEqual([98]);
    expect((await logOf({ end: 100, gaps: [96, 97, 98, 99], fit: 2 }).last(20)).offsets).toEqual([95]);
  });

  it("are missing where time is over, which is said", async () => {
    const turns = [false, true];
    const { offsets, problems } = await logOf({ end: 100, fit: 1 }).last(20, () => turns.shift() ?? true);
    expect(offsets).toEqual([90]);
    expect(problems).toMatchObject([{ code: "timeout", message: expect.stringContaining("not read to its end") }]);
  });

  it("are none where the broker refuses, with its reason", async () => {
    const problem = { code: "forbidden", operation: "Fetch", message: "No." };
    const refused = { sampleRecords: async () => ({ value: null, problems: [problem] }) } as unknown as Context;
    const part = { clusterId: "c1", topic: "t", partition: 0, start: 0n, end: 9n };
    expect(await lastRecords(refused, part, 5, () => false)).toEqual({ value: [], problems: [problem] });
  });
});
