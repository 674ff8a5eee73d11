const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/**
 * The partition to which Kafka's own producers send a record with this key, unless they are told otherwise: murmur2 of the key's bytes,
 * its sign cut off, modulo the number of partitions. Source: `BuiltInPartitioner.partitionForKey` and `Utils.murmur2` of Apache Kafka.
 * Clients on librdkafka take CRC-32 by default, so a result is a guess until records were seen where it says.
 */
export function defaultPartition(key: string, partitions: number): number {
  return (murmur2(encoder.encode(key)) & 0x7fffffff) % partitions;
}

const encoder = new TextEncoder();

function murmur2(data: Uint8Array): number {
  const { length } = data;
  let hash = SEED ^ length;
  const words = length >> 2;
  for (let word = 0; word < words; word += 1) {
    const at = word * 4;
    const mixed = mix(byte(data, at) | (byte(data, at + 1) << 8) | (byte(data, at + 2) << 16) | (byte(data, at + 3) << 24));
    hash = Math.imul(hash, M) ^ mixed;
  }
  const rest = words * 4;
  const left = length & 3;
  if (left === 3) hash ^= byte(data, rest + 2) << 16;
  if (left >= 2) hash ^= byte(data, rest + 1) << 8;
  if (left >= 1) hash = Math.imul(hash ^ byte(data, rest), M);
  hash = Math.imul(hash ^ (hash >>> 13), M);
  return hash ^ (hash >>> 15);
}

function mix(word: number): number {
  const scaled = Math.imul(word, M);
  return Math.imul(scaled ^ (scaled >>> 24), M);
}

function byte(data: Uint8Array, at: number): number {
  return data[at] ?? 0;
}
