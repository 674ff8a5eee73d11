import { compressionsAlgorithms } from "@platformatic/kafka";
import kafkajs from "kafkajs";
import RequestQueue from "kafkajs/src/network/requestQueue/index.js";
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
    ["zstd", kafkajs.CompressionTypes.ZSTD],
  ] as const)("stops at a bound where %s unpacks to more", async (name, type) => {
    const bomb = compressionsAlgorithms[name].compressSync(Buffer.alloc(1025));
    await expect(createUnpackers(1024).get(type)?.(bomb)).rejects.toThrow();
    await expect(createUnpackers(1025).get(type)?.(bomb)).resolves.toHaveLength(1025);
  });
});
