import { promisify } from "node:util";
import { gunzip, zstdDecompress } from "node:zlib";
import { compressionsAlgorithms } from "@platformatic/kafka";
import kafkajs, { type CompressionTypes } from "kafkajs";
import { lz4UnpackedBytesMax, snappyUnpackedBytes } from "./unpacked-bytes";

/** A batch is at most a few megabytes on the wire; one that unpacks to more than this is an attack, not data. */
const UNPACKED_MAX_BYTES = 64 * 1024 * 1024;

type Unpack = (packed: Buffer) => Promise<Buffer>;

const gunzipBatch = promisify(gunzip);
const zstdBatch = promisify(zstdDecompress);

/** Every compression of Kafka, by kafkajs's number. Rejects what would unpack to more than the bound. */
export function createUnpackers(maxOutputLength: number): Map<CompressionTypes, Unpack> {
  const { snappy, lz4 } = compressionsAlgorithms;
  /** These two take no bound: what they would make is known before they begin. */
  const within = (bytesOf: (packed: Buffer) => number, unpack: (packed: Buffer) => Buffer): Unpack => {
    return async (packed) => {
      if (bytesOf(packed) > maxOutputLength) throw new RangeError(`The batch unpacks to more than ${maxOutputLength} bytes.`);
      return unpack(packed);
    };
  };
  return new Map<CompressionTypes, Unpack>([
    [kafkajs.CompressionTypes.GZIP, (packed) => gunzipBatch(packed, { maxOutputLength })],
    [kafkajs.CompressionTypes.ZSTD, (packed) => zstdBatch(packed, { maxOutputLength })],
    [kafkajs.CompressionTypes.Snappy, within(snappyUnpackedBytes, snappy.decompressSync)],
    [kafkajs.CompressionTypes.LZ4, within(lz4UnpackedBytesMax, lz4.decompressSync)],
  ]);
}

/** Teaches kafkajs all of them; its own is gzip, without a bound. */
export function registerCodecs(): void {
  const codecs: Record<number, unknown> = kafkajs.CompressionCodecs;
  for (const [type, decompress] of createUnpackers(UNPACKED_MAX_BYTES)) {
    const codec = { decompress, compress: () => Promise.reject(new Error("This client only reads.")) };
    codecs[type] = () => codec;
  }
}
