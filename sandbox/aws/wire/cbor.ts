/** Just enough CBOR (RFC 8949) for CloudWatch's `rpc-v2-cbor`: what boto3 sends, and what it is answered. */

const TEXT = new TextDecoder("utf-8", { fatal: true });
const EPOCH_TAG = 1;

/** Writes a value. Whole numbers become integers, a `Date` an epoch timestamp, `undefined` fields are left out. */
export function encodeCbor(value: unknown): Buffer {
  if (value === null) return Buffer.from([0xf6]);
  if (typeof value === "boolean") return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Date) return Buffer.concat([head(6, EPOCH_TAG), encodeNumber(value.getTime() / 1_000)]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(encodeCbor)]);
  if (typeof value !== "object") throw new Error(`${typeof value} has no CBOR here`);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Buffer.concat([head(5, fields.length), ...fields.flatMap(([name, field]) => [encodeCbor(name), encodeCbor(field)])]);
}

function encodeNumber(value: number): Buffer {
  if (Number.isSafeInteger(value)) return value >= 0 ? head(0, value) : head(1, -1 - value);
  const bytes = Buffer.alloc(9, 0xfb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function head(major: number, argument: number): Buffer {
  const kind = major << 5;
  if (argument < 24) return Buffer.from([kind | argument]);
  if (argument < 0x100) return Buffer.from([kind | 24, argument]);
  const bytes = Buffer.alloc(argument < 0x10000 ? 3 : argument < 0x1_0000_0000 ? 5 : 9);
  bytes[0] = kind | (bytes.length === 3 ? 25 : bytes.length === 5 ? 26 : 27);
  if (bytes.length === 3) bytes.writeUInt16BE(argument, 1);
  else if (bytes.length === 5) bytes.writeUInt32BE(argument, 1);
  else bytes.writeBigUInt64BE(BigInt(argument), 1);
  return bytes;
}

/** Reads one value: epoch timestamps become `Date`. Throws on anything else than one whole value. */
export function decodeCbor(bytes: Buffer): unknown {
  const reader = { bytes, at: 0 };
  const value = read(reader);
  if (reader.at !== bytes.length || value === BREAK) throw new Error("not one CBOR value");
  return value;
}

interface Reader {
  bytes: Buffer;
  at: number;
}

const BREAK = Symbol("break");
const INDEFINITE = -1;

function read(reader: Reader): unknown {
  const initial = take(reader, 1).readUInt8();
  const major = initial >> 5;
  if (major === 7) return readSimple(reader, initial & 31);
  const argument = readArgument(reader, initial & 31);
  if (major === 0) return argument;
  if (major === 1) return -1 - argument;
  if (major === 2) return readBytes(reader, argument);
  if (major === 3) return TEXT.decode(readBytes(reader, argument));
  if (major === 4) return readItems(reader, argument);
  if (major === 5) return readMap(reader, argument);
  const tagged = read(reader);
  return argument === EPOCH_TAG && typeof tagged === "number" ? new Date(tagged * 1_000) : tagged;
}

function readArgument(reader: Reader, info: number): number {
  if (info < 24) return info;
  if (info === 24) return take(reader, 1).readUInt8();
  if (info === 25) return take(reader, 2).readUInt16BE();
  if (info === 26) return take(reader, 4).readUInt32BE();
  if (info === 27) return Number(take(reader, 8).readBigUInt64BE());
  if (info === 31) return INDEFINITE;
  throw new Error("malformed CBOR");
}

function readSimple(reader: Reader, info: number): unknown {
  if (info === 20 || info === 21) return info === 21;
  if (info === 22 || info === 23) return null;
  if (info === 25) return halfFloat(take(reader, 2).readUInt16BE());
  if (info === 26) return take(reader, 4).readFloatBE();
  if (info === 27) return take(reader, 8).readDoubleBE();
  if (info === 31) return BREAK;
  throw new Error("malformed CBOR");
}

function halfFloat(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size =
    exponent === 0 ? fraction * 2 ** -24 : exponent === 31 ? (fraction ? Number.NaN : Infinity) : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}

function readBytes(reader: Reader, length: number): Buffer {
  if (length !== INDEFINITE) return take(reader, length);
  const chunks: Buffer[] = [];
  for (let initial = take(reader, 1).readUInt8(); initial !== 0xff; initial = take(reader, 1).readUInt8()) {
    chunks.push(take(reader, readArgument(reader, initial & 31)));
  }
  return Buffer.concat(chunks);
}

function readItems(reader: Reader, length: number): unknown[] {
  const items: unknown[] = [];
  while (length === INDEFINITE || items.length < length) {
    const item = read(reader);
    if (item === BREAK) break;
    items.push(item);
  }
  return items;
}

function readMap(reader: Reader, length: number): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  while (length === INDEFINITE || entries.length < length) {
    const name = read(reader);
    if (name === BREAK) break;
    entries.push([String(name), read(reader)]);
  }
  return Object.fromEntries(entries);
}

function take(reader: Reader, length: number): Buffer {
  if (length < 0 || reader.at + length > reader.bytes.length) throw new Error("CBOR ends too early");
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}
