import { compressionsAlgorithms } from "@platformatic/kafka";
import kafkajs from "kafkajs";
import { describe, expect, it } from "vitest";
import { createUnpackers } from "./codecs";
import { lz4UnpackedBytesMax, snappyUnpackedBytes } from "./unpacked-bytes";

const { snappy, lz4 } = compressionsAlgorithms;
const text = (bytes: number) => Buffer.alloc(bytes, "tenant ");
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

describe("snappy", () => {
  it.each([0, 1, 127, 128, 16_384, 3_000_000])("says that %d bytes come of it", (bytes) => {
    expect(snappyUnpackedBytes(snappy.compressSync(text(bytes)))).toBe(bytes);
  });

  it("of Java's clients says it block by block", () => {
    const blocks = [1_000, 32_768].map((bytes) => snappy.compressSync(text(bytes)));
    const lengthOf = (block: Buffer) => uint32(block.length).reverse();
    const packed = Buffer.concat([
      Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00, 0, 0, 0, 1, 0, 0, 0, 1]),
      ...blocks.flatMap((block) => [lengthOf(block), block]),
    ]);
    expect(snappyUnpackedBytes(packed)).toBe(33_768);
    expect(snappy.decompressSync(packed)).toHaveLength(33_768);
  });

  it("that claims gigabytes is refused before room is made for them", async () => {
    const claim = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0x00]);
    expect(snappyUnpackedBytes(claim)).toBe(2 ** 32 - 1);
    await expect(createUnpackers(64 * 1024 * 1024).get(kafkajs.CompressionTypes.Snappy)?.(claim)).rejects.toThrow(RangeError);
  });
});

/** A frame of blocks that are not packed, of at most 64 KiB each. */
const frame = (blocks: Buffer[], flags = 0x60) =>
  Buffer.concat([uint32(0x184d2204), Buffer.from([flags, 0x40, 0x82]), ...blocks, uint32(0)]);
const unpacked = (bytes: number) => Buffer.concat([uint32(bytes + 0x8000_0000), text(bytes)]);

describe("lz4", () => {
  it.each([1, 65_536, 200_000, 3_000_000])(
    "comes to at least the %d bytes that come of it, and to no more than its blocks may hold",
    (bytes) => {
      const packed = lz4.compressSync(text(bytes));
      const most = lz4UnpackedBytesMax(packed);
      expect(lz4.decompressSync(packed)).toHaveLength(bytes);
      expect(most).toBeGreaterThanOrEqual(bytes);
      expect(most).toBeLessThan(bytes + 4 * 1024 * 1024);
    },
  );

  it.each<[string, Buffer, number]>([
    ["blocks that are not packed", frame([unpacked(10), unpacked(20)]), 30],
    ["a packed block", frame([Buffer.concat([uint32(5), text(5)])]), 65_536],
    ["a checksum after each block", frame([Buffer.concat([unpacked(10), text(4)]), Buffer.concat([unpacked(20), text(4)])], 0x70), 30],
    ["several frames", Buffer.concat([frame([unpacked(10)]), frame([unpacked(20)])]), 30],
    ["a frame that breaks off", frame([unpacked(10), unpacked(20)]).subarray(0, 40), 30],
    ["no frame", text(100), 0],
  ])("of %s comes to what it can hold", (_, packed, bytes) => expect(lz4UnpackedBytesMax(packed)).toBe(bytes));

  it("of a thousand times its size is refused", async () => {
    const packed = lz4.compressSync(Buffer.alloc(80 * 1024 * 1024));
    await expect(createUnpackers(64 * 1024 * 1024).get(kafkajs.CompressionTypes.LZ4)?.(packed)).rejects.toThrow(RangeError);
  });
});
