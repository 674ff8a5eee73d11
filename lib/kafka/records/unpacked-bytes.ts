/** What Java's clients put before their snappy blocks: a name of eight bytes and two versions. */
const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

/**
 * How many bytes snappy says that it unpacks to. Its unpacker makes room for so many before it looks any further.
 * https://github.com/google/snappy/blob/main/format_description.txt
 */
export function snappyUnpackedBytes(packed: Buffer): number {
  if (!packed.subarray(0, XERIAL.length).equals(XERIAL)) return snappyLength(packed, 0);
  let bytes = 0;
  let at = XERIAL_HEADER_BYTES;
  while (at + 4 <= packed.length) {
    bytes += snappyLength(packed, at + 4);
    at += 4 + packed.readUInt32BE(at);
  }
  return bytes;
}

/** A number of seven bits a byte, the lowest first. */
function snappyLength(packed: Buffer, from: number): number {
  let length = 0;
  for (let at = 0; at < 5; at += 1) {
    const byte = packed[from + at] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) break;
  }
  return length;
}

const LZ4_MAGIC = 0x184d2204;
const HAS_BLOCK_CHECKSUMS = 0x10;
const HAS_CONTENT_SIZE = 0x08;
const HAS_CONTENT_CHECKSUM = 0x04;
const HAS_DICTIONARY = 0x01;
const IS_NOT_PACKED = 0x8000_0000;

/**
 * How many bytes LZ4 frames unpack to at most: each block to as many as its frame allows a block, and one that is not packed to its own.
 * https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 */
export function lz4UnpackedBytesMax(packed: Buffer): number {
  let bytes = 0;
  let at = 0;
  while (at + 7 <= packed.length && packed.readUInt32LE(at) === LZ4_MAGIC) {
    const frame = lz4Frame(packed, at);
    bytes += frame.bytes;
    at = frame.end;
  }
  return bytes;
}

function lz4Frame(packed: Buffer, from: number): { bytes: number; end: number } {
  const flags = packed[from + 4] ?? 0;
  const has = (flag: number, size: number) => ((flags & flag) === 0 ? 0 : size);
  // 4 to 7: 64 KiB, 256 KiB, 1 MiB, 4 MiB.
  const blockBytesMax = 4 ** (((packed[from + 5] ?? 0) >> 4) & 7) * 256;
  let bytes = 0;
  let at = from + 7 + has(HAS_CONTENT_SIZE, 8) + has(HAS_DICTIONARY, 4);
  while (at + 4 <= packed.length) {
    const size = packed.readUInt32LE(at);
    at += 4;
    if (size === 0) return { bytes, end: at + has(HAS_CONTENT_CHECKSUM, 4) };
    const length = size % IS_NOT_PACKED;
    bytes += size >= IS_NOT_PACKED ? length : blockBytesMax;
    at += length + has(HAS_BLOCK_CHECKSUMS, 4);
  }
  return { bytes, end: packed.length };
}
