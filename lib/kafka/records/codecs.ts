import { promisify } from "node:util";
import { gunzip, zstdDecompress } from "node:zlib";
import { compressionsAlgorithms } from "@platformatic/kafka";
import kafkajs, { type CompressionTypes } from "kafkajs";

/** A batch is at most a few megabytes on the wire; one that unpacks to more than this is an attack, not data. */
const UNPACKED_MAX_BYTES = 64 * 1024 * 1024;

type Unpack = (packed: Buffer) => Promise<Buffer>;

const gunzipBatch = promisify(gunzip);
const zstdBatch = promisify(zstdDecompress);

/** Every compression of Kafka, by kafkajs's number. Rejects where gzip or zstd would unpack to more than the bound. */
export function createUnpackers(maxOutputLength: number): Map<CompressionTypes, Unpack> {
  return new Map<CompressionTypes, Unpack>([
    [kafkajs.CompressionTypes.GZIP, (packed) => gunzipBatch(packed, { maxOutputLength })],
    [kafkajs.CompressionTypes.ZSTD, (packed) => zstdBatch(packed, { maxOutputLength })],
    [kafkajs.CompressionTypes.Snappy, async (packed) => compressionsAlgorithms.snappy.decompressSync(packed)],
    [kafkajs.CompressionTypes.LZ4, async (packed) => compressionsAlgorithms.lz4.decompressSync(packed)],
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
