import { compressionsAlgorithms } from "@platformatic/kafka";
import kafkajs from "kafkajs";
import RequestQueue from "kafkajs/src/network/requestQueue/index.js";
import Decoder from "kafkajs/src/protocol/decoder.js";
import protocol from "kafkajs/src/protocol/requests/index.js";
import { beforeAll, describe, expect, it } from "vitest";
import { createUnpackers } from "./codecs";
import { prepareKafkajs } from "./prepare-kafkajs";

beforeAll(() => {
  prepareKafkajs();
  prepareKafkajs();
});

describe("kafkajs as it is used here", () => {
  it.each(protocol.requests.Metadata.versions)("answers Metadata %s of a cluster in trouble instead of throwing", async (version) => {
    const { response } = protocol.requests.Metadata.protocol({ version: Number(version) })({ topics: ["orders"] });
    const answer = { topicMetadata: [{ topicErrorCode: 0, topic: "orders", partitionMetadata: [{ partitionErrorCode: 5, leader: -1 }] }] };
    expect(await response.parse(answer)).toBe(answer);
  });

  it("arms no timer while nothing waits, and one while something does", () => {
    const queue = Object.assign(Object.create(RequestQueue.prototype) as RequestQueue, {
      pending: [] as unknown[],
      throttledUntil: -1,
      throttleCheckTimeoutId: null,
    });
    queue.scheduleCheckPendingRequests();
    expect(queue.throttleCheckTimeoutId).toBeNull();
    queue.pending.push({});
    queue.scheduleCheckPendingRequests();
    const armed: unknown = queue.throttleCheckTimeoutId;
    expect(armed).not.toBeNull();
    queue.scheduleCheckPendingRequests();
    expect(queue.throttleCheckTimeoutId).toBe(armed);
    queue.destroy();
  });

  it("gathers the headers of a record once, whatever they are called and however many there are", () => {
    // Numbers of kafkajs's decoder are zigzag: 2n is n. What it would do with each header must not be asked.
    const gathered = (headers: Decoder.WireHeader[]) => {
      const left = [...headers];
      const length = headers.length * 2;
      const bytes = Buffer.from([(length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14]);
      return new Decoder(bytes)
        .readVarIntArray(() => left.shift() ?? { key: "", value: null })
        .reduce(() => expect.fail("asked for one header"), {} as object);
    };
    const header = (key: string, text: string | null) => ({ key, value: text === null ? null : Buffer.from(text) });
    const named = [header("constructor", "a"), header("__proto__", "b"), header("trace", "c"), header("trace", null), header("trace", "d")];
    expect(Object.entries(gathered(named))).toEqual([
      ["constructor", Buffer.from("a")],
      ["__proto__", Buffer.from("b")],
      ["trace", [Buffer.from("c"), null, Buffer.from("d")]],
    ]);
    expect(Object.keys(gathered(Array.from({ length: 100_000 }, (_, index) => header(`h${index}`, null))))).toHaveLength(100_000);
  });

  it.each([
    ["gzip", kafkajs.CompressionTypes.GZIP],
    ["snappy", kafkajs.CompressionTypes.Snappy],
    ["lz4", kafkajs.CompressionTypes.LZ4],
    ["zstd", kafkajs.CompressionTypes.ZSTD],
  ] as const)("unpacks %s", async (name, type) => {
    const bytes = Buffer.from("tenant ".repeat(10_000));
    const codecs = kafkajs.CompressionCodecs as Record<number, () => { decompress(packed: Buffer): Promise<Buffer> }>;
    expect((await codecs[type]?.().decompress(compressionsAlgorithms[name].compressSync(bytes)))?.equals(bytes)).toBe(true);
  });

  it.each([
    ["gzip", kafkajs.CompressionTypes.GZIP],
    ["snappy", kafkajs.CompressionTypes.Snappy],
    ["zstd", kafkajs.CompressionTypes.ZSTD],
  ] as const)("stops at a bound where %s unpacks to more", async (name, type) => {
    const bomb = compressionsAlgorithms[name].compressSync(Buffer.alloc(1025));
    await expect(createUnpackers(1024).get(type)?.(bomb)).rejects.toThrow();
    await expect(createUnpackers(1025).get(type)?.(bomb)).resolves.toHaveLength(1025);
  });
});
