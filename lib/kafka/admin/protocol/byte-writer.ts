const FIRST_BYTES = 4096;

/** Writes Kafka's wire types into one buffer that grows. */
export class ByteWriter {
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #at = 0;

  int8(value: number): this {
    this.#at = this.#room(1).writeInt8(value, this.#at);
    return this;
  }

  int32(value: number): this {
    this.#at = this.#room(4).writeInt32BE(value, this.#at);
    return this;
  }

  int64(value: bigint): this {
    this.#at = this.#room(8).writeBigInt64BE(value, this.#at);
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  /** The length of a compact array, which must not be null. */
  compactLength(length: number): this {
    return this.#unsignedVarint(length + 1);
  }

  /** A null where a compact string or array may be null. */
  compactNull(): this {
    return this.#unsignedVarint(0);
  }

  string(value: string): this {
    const length = Buffer.byteLength(value);
    this.compactLength(length);
    this.#at += this.#room(length).write(value, this.#at);
    return this;
  }

  /** The end of a structure that has no tagged fields (KIP-482). */
  noTags(): this {
    return this.#unsignedVarint(0);
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  #unsignedVarint(value: number): this {
    let left = value;
    const buffer = this.#room(5);
    while (left >= 0x80) {
      buffer[this.#at] = (left & 0x7f) | 0x80;
      this.#at += 1;
      left = Math.floor(left / 128);
    }
    buffer[this.#at] = left;
    this.#at += 1;
    return this;
  }

  #room(bytes: number): Buffer {
    if (this.#at + bytes > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + bytes));
      this.#buffer.copy(larger, 0, 0, this.#at);
      this.#buffer = larger;
    }
    return this.#buffer;
  }
}
