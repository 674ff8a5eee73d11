import type { EndPoint } from "@/lib/domain/snapshot";

/**
 * The points of a topic's partitions as bytes: for each partition how many there are, then for each point how far time and offset
 * are from the point before. All numbers are zigzag varints, seven bits a byte, so a point takes three to ten bytes instead of sixteen.
 */
export function packPoints(partitions: readonly (readonly EndPoint[])[]): Uint8Array {
  const writer = startWriting();
  writer.number(BigInt(partitions.length));
  for (const points of partitions) {
    writer.number(BigInt(points.length));
    let before: EndPoint = { atMs: 0, offset: 0n };
    for (const point of points) {
      writer.number(BigInt(Math.round(point.atMs) - Math.round(before.atMs)));
      writer.number(point.offset - before.offset);
      before = point;
    }
  }
  return writer.end();
}

/** Reads what `packPoints` wrote. */
export function unpackPoints(packed: Uint8Array): EndPoint[][] {
  const read = startReading(packed);
  return Array.from({ length: Number(read()) }, () => {
    let atMs = 0;
    let offset = 0n;
    return Array.from({ length: Number(read()) }, () => {
      atMs += Number(read());
      offset += read();
      return { atMs, offset };
    });
  });
}

/** Below this a number is packed without bigint arithmetic, which is many times slower. */
const SMALL = 1n << 30n;

function startWriting(): { number: (value: bigint) => void; end: () => Uint8Array } {
  let bytes = new Uint8Array(256);
  let length = 0;
  function byte(value: number): void {
    if (length === bytes.length) {
      const larger = new Uint8Array(bytes.length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[length++] = value;
  }
  function small(value: number): void {
    let rest = value;
    for (; rest > 127; rest >>>= 7) byte((rest & 127) | 128);
    byte(rest);
  }
  function large(value: bigint): void {
    let rest = value;
    for (; rest > 127n; rest >>= 7n) byte(Number(rest & 127n) | 128);
    byte(Number(rest));
  }
  return {
    number(value) {
      const zigzag = value < 0n ? -value * 2n - 1n : value * 2n;
      if (zigzag < SMALL) small(Number(zigzag));
      else large(zigzag);
    },
    end: () => bytes.slice(0, length),
  };
}

function startReading(bytes: Uint8Array): () => bigint {
  let position = 0;
  return () => {
    let small = 0;
    let shift = 0;
    // Four bytes hold 28 bits, which a number takes; what is longer goes on as a bigint.
    for (; shift < 28; shift += 7) {
      const byte = bytes[position++] ?? 0;
      small |= (byte & 127) << shift;
      if (byte < 128) return unzigzag(BigInt(small));
    }
    let large = BigInt(small);
    for (let bits = 28n; ; bits += 7n) {
      const byte = bytes[position++] ?? 0;
      large |= BigInt(byte & 127) << bits;
      if (byte < 128) return unzigzag(large);
    }
  };
}

function unzigzag(value: bigint): bigint {
  return (value & 1n) === 1n ? -(value + 1n) / 2n : value / 2n;
}
