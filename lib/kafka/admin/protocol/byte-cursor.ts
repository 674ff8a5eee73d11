/**
 * Reads Kafka's wire types from one contiguous answer. The library's reader walks a list of chunks, which made answers of
 * a megabyte hold the event loop for a tenth of a second.
 */
export class ByteCursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  int8(): number {
    this.#at += 1;
    return this.#bytes.readInt8(this.#at - 1);
  }

  int16(): number {
    this.#at += 2;
    return this.#bytes.readInt16BE(this.#at - 2);
  }

  int32(): number {
    this.#at += 4;
    return this.#bytes.readInt32BE(this.#at - 4);
  }

  int64(): bigint {
    this.#at += 8;
    return this.#bytes.readBigInt64BE(this.#at - 8);
  }

  float64(): number {
    this.#at += 8;
    return this.#bytes.readDoubleBE(this.#at - 8);
  }

  unsignedVarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#at);
      this.#at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("a number in the answer is too long");
  }

  /** The length of a compact array or of bytes; -1: null. */
  compactLength(): number {
    return this.unsignedVarint() - 1;
  }

  nullableString(): string | null {
    const length = this.compactLength();
    if (length < 0) return null;
    const start = this.#take(length);
    return this.#bytes.toString("utf8", start, start + length);
  }

  string(): string {
    return this.nullableString() ?? "";
  }

  skip(length: number): void {
    this.#take(length);
  }

  /** Whether the next int32s are these and no others. Moves nothing. */
  startsWithInt32s(values: readonly number[], length: number): boolean {
    if (values.length !== length) return false;
    for (let index = 0; index < length; index += 1) if (this.#bytes.readInt32BE(this.#at + index * 4) !== values[index]) return false;
    return true;
  }

  skipString(): void {
    this.skip(Math.max(0, this.compactLength()));
  }

  /** Skips the tagged fields at the end of a structure (KIP-482). */
  skipTags(): void {
    for (let left = this.unsignedVarint(); left > 0; left -= 1) {
      this.unsignedVarint();
      this.skip(this.unsignedVarint());
    }
  }

  #take(length: number): number {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.length) throw new RangeError("the answer is shorter than it says");
    return start;
  }
}
