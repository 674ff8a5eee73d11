import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/collector/settings";
import { CONNECTION, group } from "@/lib/collector/testing/fake-cluster";
import type { ReportedUse } from "@/lib/domain/pool/pool-facts";
import type { PoolShares } from "@/lib/domain/pool/shares";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { emptySnapshot } from "./empty-snapshot";
import { packSnapshot } from "./pack-snapshot";
import { unpackSnapshot } from "./unpack-snapshot";

const AT = "2026-01-01T00:00:00.000Z";
const empty = emptySnapshot(CONNECTION, DEFAULT_SETTINGS.intervals, AT);

const SHARES: PoolShares = {
  at: AT,
  draws: 12,
  partitions: [0, 1],
  unmet: 0.25,
  rows: [{ tenantId: null, bytes: 1, bytesError: 0, records: 1, recordsError: 0, partitions: [0, 1] }],
};
const REPORTED: ReportedUse = { from: "x", produce: { bytesPerSecond: 1, at: AT }, consume: null, problem: { message: "m", remedy: "r" } };

function full(): ClusterSnapshot {
  const entries = [{ name: "retention.ms", value: "1000", source: "topic" as const, readOnly: false, sensitive: false, synonyms: [] }];
  const topic = (name: string) => ({
    name,
    internal: name.startsWith("__"),
    partitions: [
      { partition: 0, leader: 1, replicas: [1, 2], isr: [1] },
      { partition: 1, leader: null, replicas: [2], isr: [] },
    ],
  });
  const names = ['acme."quoted"', "__consumer_offsets", "ü\n<b>"];
  return {
    ...empty,
    version: 41,
    parts: {
      ...empty.parts,
      offsets: { at: AT, intervalMs: 15_000, problems: [{ code: "timeout", operation: "ListGroups", message: "late", brokerId: 2 }] },
    },
    metadata: {
      kafkaClusterId: "k",
      controllerId: null,
      brokers: [{ id: 1, host: "b1", port: 9092, rack: "a" }],
      topics: new Map(names.map((name) => [name, topic(name)])),
    },
    knownBrokers: new Map([[1, { id: 1, host: "b1", lastSeenAt: AT }]]),
    ends: new Map([[names[0] ?? "", [9_007_199_254_740_993n, null]]]),
    starts: new Map([[names[0] ?? "", [0n, 5n]]]),
    groups: new Map([
      ["g", group("g", 1, [["ü\n<b>", 1, 2n ** 62n]])],
      ["broken", { ...group("broken", 2, []), problem: { code: "forbidden", operation: "OffsetFetch", message: "no" } }],
    ]),
    progress: new Map([["g", new Map([["ü\n<b>/1", { offset: 2n ** 62n, movedAtMs: 5 }]])]]),
    meters: new Map([
      [
        1,
        {
          at: AT,
          clients: [{ user: "acme", produceBytesPerSecond: 0 }],
          topics: new Map(Array.from({ length: 250 }, (_, n) => [`t${n}`, { bytesInPerSecond: n }])),
          broker: { bytesInPerSecond: 1.5 },
        },
      ],
    ]),
    sizes: new Map([[names[0] ?? "", [new Map([[1, 100]]), new Map()]]]),
    dirs: [{ brokerId: 1, path: "/d", totalBytes: null, usableBytes: 3 }],
    quotas: [{ entity: { user: null }, values: { producer_byte_rate: 5 } }],
    acls: [],
    pool: { shares: new Map([["ü\n<b>", SHARES]]), reported: new Map(Array.from({ length: 250 }, (_, n) => [`t${n}`, REPORTED])) },
    configs: new Map([
      [names[0] ?? "", { at: AT, entries }],
      [names[1] ?? "", { at: "2026-01-02T00:00:00.000Z", entries }],
    ]),
    brokerConfigs: entries,
  };
}

describe("packed snapshot", () => {
  it("comes back as it was, with offsets beyond what a number holds", async () => {
    expect(await unpackSnapshot(await packSnapshot(full()))).toEqual(full());
  });

  it("keeps what was never read apart from what is empty", async () => {
    const back = await unpackSnapshot(await packSnapshot(empty));
    expect(back).toEqual(empty);
    expect(back.quotas).toBeNull();
  });

  it("lets topics with the same configuration share it again", async () => {
    const { configs } = await unpackSnapshot(await packSnapshot(full()));
    const [one, other] = [...configs.values()];
    expect(one?.entries).toBe(other?.entries);
  });

  it("is refused when it is something else", async () => {
    await expect(unpackSnapshot(new Uint8Array([1, 2, 3]))).rejects.toThrow();
    await expect(unpackSnapshot(gzipSync("{}\n"))).rejects.toThrow();
    await expect(unpackSnapshot(gzipSync(""))).rejects.toThrow();
    await expect(unpackSnapshot((await packSnapshot(full())).subarray(0, 300))).rejects.toThrow();
  });

  it("leaves the end offsets of the past to where they are kept", async () => {
    const history = new Map([["t", [[{ atMs: 1, offset: 1n }]]]]);
    expect((await unpackSnapshot(await packSnapshot({ ...full(), endHistory: history }))).endHistory.size).toBe(0);
  });
});
