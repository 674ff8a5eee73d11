import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/collector/settings";
import { CONNECTION, group } from "@/lib/collector/testing/fake-cluster";
import type { GroupFact, MetadataFacts, PartitionOffsets, Problem } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { drain } from "@/lib/domain/steps";
import { emptySnapshot, underConnection } from "./empty-snapshot";
import { mergeConfigs } from "./merge-configs";
import { mergeLag } from "./merge-lag";
import { mergeLogs } from "./merge-logs";
import { mergeMetadata } from "./merge-metadata";
import { mergeMeters } from "./merge-meters";
import { withPart } from "./with-part";

const MINUTE = 60_000;
const START = Date.parse("2026-01-01T00:00:00.000Z");
const at = (ms: number): string => new Date(START + ms).toISOString();
const EMPTY = emptySnapshot(CONNECTION, DEFAULT_SETTINGS.intervals, at(0));
const away = (operation: string, brokerId?: number): Problem => ({
  code: "unreachable",
  operation,
  message: "No answer.",
  ...(brokerId === undefined ? {} : { brokerId }),
});

function metadata(brokerIds: number[], topics: string[]): MetadataFacts {
  return {
    kafkaClusterId: "k",
    controllerId: 1,
    brokers: brokerIds.map((id) => ({ id, host: `b${id}`, port: 9092, rack: null })),
    topics: new Map(
      topics.map((name) => [name, { name, internal: false, partitions: [{ partition: 0, leader: 1, replicas: [1, 2], isr: [1, 2] }] }]),
    ),
  };
}

function having(snapshot: ClusterSnapshot, fields: Partial<ClusterSnapshot>): ClusterSnapshot {
  return { ...snapshot, ...fields };
}

describe("with part", () => {
  it("counts the version up and shares everything that was not read", () => {
    const next = withPart(EMPTY, "quotas", { fields: { quotas: [] }, broughtSomething: true, problems: [] }, at(5));
    expect(next).toMatchObject({ version: 1, at: at(5), quotas: [], parts: { quotas: { at: at(5), problems: [] }, acls: { at: null } } });
    expect(next.groups).toBe(EMPTY.groups);
    expect(EMPTY.quotas).toBeNull();
  });

  it("keeps the last values and their time when a reading brought nothing, and says why", () => {
    const read = withPart(EMPTY, "quotas", { fields: { quotas: [] }, broughtSomething: true, problems: [] }, at(5));
    const failed = withPart(read, "quotas", { fields: {}, broughtSomething: false, problems: [away("DescribeClientQuotas")] }, at(9));
    expect(failed.quotas).toEqual([]);
    expect(failed.parts.quotas).toMatchObject({ at: at(5), problems: [{ code: "unreachable" }] });
  });
});

describe("metadata", () => {
  const first = having(EMPTY, mergeMetadata(EMPTY, { value: metadata([1, 2], ["a", "b"]), problems: [] }, at(0)).fields);

  it("still lists a broker that died, and when it was last seen", () => {
    const { fields } = mergeMetadata(first, { value: metadata([1], ["a", "b"]), problems: [] }, at(MINUTE));
    expect(fields.knownBrokers?.get(2)).toEqual({ id: 2, host: "b2", lastSeenAt: at(0) });
    expect(fields.knownBrokers?.get(1)?.lastSeenAt).toBe(at(MINUTE));
  });

  it("forgets a broker that was taken out long ago", () => {
    const { fields } = mergeMetadata(first, { value: metadata([1], ["a"]), problems: [] }, at(8 * 86_400_000));
    expect(fields.knownBrokers?.has(2)).toBe(false);
  });

  it("lets go of everything kept of a topic that is gone, and of a dead broker's rates", () => {
    const kept = having(first, {
      ends: new Map([
        ["a", [1n]],
        ["b", [2n]],
      ]),
      starts: new Map([["b", [0n]]]),
      sizes: new Map([["b", [new Map()]]]),
      configs: new Map([["b", { at: at(0), entries: [] }]]),
      endHistory: new Map([["b", [[]]]]),
      meters: new Map([[2, { at: at(0), clients: [], topics: new Map(), broker: {} }]]),
    });
    const { fields } = mergeMetadata(kept, { value: metadata([1], ["a"]), problems: [] }, at(MINUTE));
    expect([...(fields.ends?.keys() ?? [])]).toEqual(["a"]);
    for (const map of [fields.starts, fields.sizes, fields.configs, fields.endHistory, fields.meters]) expect(map?.size).toBe(0);
  });
});

describe("lag", () => {
  const known = having(EMPTY, { metadata: metadata([1, 2], ["a"]) });
  const ends: PartitionOffsets = new Map([["a", [100n]]]);
  const sweep = (snapshot: ClusterSnapshot, groups: GroupFact[] | null, ms: number, problems: Problem[] = [], end = ends) => {
    const value = { metadata: snapshot.metadata ?? metadata([1], []), groups, ends: end };
    return having(snapshot, drain(mergeLag(() => snapshot, { value, problems }, snapshot.metadata, START + ms)).fields);
  };

  it("remembers since when a commit stands, and moves with it", () => {
    const one = sweep(known, [group("g", 1, [["a", 0, 90n]])], 0);
    const still = sweep(one, [group("g", 1, [["a", 0, 90n]])], MINUTE);
    const moved = sweep(still, [group("g", 1, [["a", 0, 95n]])], 2 * MINUTE);
    expect(still.progress.get("g")?.get("a/0")).toEqual({ offset: 90n, movedAtMs: START });
    expect(still.progress.get("g")).toBe(one.progress.get("g"));
    expect(moved.progress.get("g")?.get("a/0")).toEqual({ offset: 95n, movedAtMs: START + 2 * MINUTE });
  });

  it("notes the ends of each sweep, and a partition without an answer keeps its past", () => {
    const one = sweep(known, [], 0);
    const none = sweep(one, [], MINUTE, [], new Map([["a", [null]]]));
    const two = sweep(none, [], 2 * MINUTE, [], new Map([["a", [150n]]]));
    expect(two.endHistory.get("a")?.[0]).toEqual([
      { atMs: START, offset: 100n },
      { atMs: START + 2 * MINUTE, offset: 150n },
    ]);
    expect(none.ends.get("a")).toEqual([null]);
  });

  it("forgets groups that are gone", () => {
    const one = sweep(known, [group("g", 1, [["a", 0, 90n]])], 0);
    const none = sweep(one, [], MINUTE);
    expect(none.groups.size).toBe(0);
    expect(none.progress.size).toBe(0);
  });

  it("keeps the groups of a coordinator that did not answer, as not known, and what it knew of their progress", () => {
    const one = sweep(known, [group("g", 2, [["a", 0, 90n]]), group("h", 1, [])], 0);
    const partial = sweep(one, [group("h", 1, [])], MINUTE, [away("ListGroups", 2)]);
    expect(partial.groups.get("g")).toMatchObject({ committed: [{ offset: 90n }], problem: { code: "unreachable", brokerId: 2 } });
    expect(partial.groups.get("h")?.problem).toBeUndefined();
    const healed = sweep(partial, [group("g", 1, [["a", 0, 90n]])], 2 * MINUTE);
    expect(healed.groups.get("g")?.problem).toBeUndefined();
    expect(healed.progress.get("g")?.get("a/0")?.movedAtMs).toBe(START);
  });

  it("does not mix commits of one time with ends of another", () => {
    const one = sweep(known, [group("g", 1, [["a", 0, 90n]])], 0);
    const result = drain(
      mergeLag(
        () => one,
        { value: { metadata: known.metadata ?? metadata([], []), groups: null, ends: new Map([["a", [500n]]]) }, problems: [] },
        known.metadata,
        START,
      ),
    );
    expect(result.broughtSomething).toBe(false);
    expect(result.fields.ends).toBeUndefined();
  });

  it("takes metadata that the sweep had to read anew", () => {
    const fresh = metadata([1], ["a"]);
    const { fields } = drain(mergeLag(() => known, { value: { metadata: fresh, groups: [], ends }, problems: [] }, known.metadata, START));
    expect(fields.metadata).toBe(fresh);
  });

  it("keeps what another part brought while it was at work", () => {
    const sizes = new Map([["a", [new Map([[1, 77]])]]]);
    const snapshots = [known, having(known, { sizes })];
    const reading = { value: { metadata: metadata([1], ["a"]), groups: [], ends }, problems: [] };
    const { fields } = drain(mergeLag(() => snapshots.shift() ?? known, reading, known.metadata, START));
    expect(fields.sizes).toBe(sizes);
  });

  it("does not put back the metadata it went by where newer has been read meanwhile", () => {
    const newer = having(known, { metadata: metadata([1, 2], ["a", "new"]) });
    const reading = { value: { metadata: known.metadata ?? metadata([], []), groups: [], ends }, problems: [] };
    const { fields } = drain(mergeLag(() => newer, reading, known.metadata, START));
    expect(fields).not.toHaveProperty("metadata");
  });
});

describe("logs", () => {
  const known = having(EMPTY, { metadata: metadata([1, 2], ["a"]) });
  const dir = (brokerId: number) => ({ brokerId, path: "/d", totalBytes: 10, usableBytes: 5 });
  const replica = (brokerId: number, sizeBytes: number) => ({ topic: "a", partition: 0, brokerId, sizeBytes });

  it("keeps the sizes on a broker that did not answer, as long as it holds the replica", () => {
    const both = having(
      known,
      drain(mergeLogs(known, { value: { dirs: [dir(1), dir(2)], replicas: [replica(1, 7), replica(2, 8)] }, problems: [] }, 0)).fields,
    );
    const one = drain(
      mergeLogs(both, { value: { dirs: [dir(1)], replicas: [replica(1, 9)] }, problems: [away("DescribeLogDirs", 2)] }, 0),
    ).fields;
    expect([...(one.sizes?.get("a")?.[0] ?? [])]).toEqual([
      [1, 9],
      [2, 8],
    ]);
    expect(one.dirs).toHaveLength(2);
    const moved = having(both, {
      metadata: {
        ...metadata([1, 2], []),
        topics: new Map([["a", { name: "a", internal: false, partitions: [{ partition: 0, leader: 1, replicas: [1], isr: [1] }] }]]),
      },
    });
    const after = drain(mergeLogs(moved, { value: { dirs: [dir(1)], replicas: [replica(1, 9)] }, problems: [] }, 0)).fields;
    expect([...(after.sizes?.get("a")?.[0]?.keys() ?? [])]).toEqual([1]);
  });

  it("holds the sizes of a topic once while none of its logs grows", () => {
    const read = (snapshot: ClusterSnapshot, sizeBytes: number) =>
      having(
        snapshot,
        drain(mergeLogs(snapshot, { value: { dirs: [dir(1)], replicas: [replica(1, sizeBytes)] }, problems: [] }, 0)).fields,
      );
    const first = read(known, 7);
    const again = read(first, 7);
    expect(again.sizes.get("a")).toBe(first.sizes.get("a"));
    expect([...(read(again, 8).sizes.get("a")?.[0] ?? [])]).toEqual([[1, 8]]);
  });

  it("says nothing when no broker answered", () => {
    expect(drain(mergeLogs(known, { value: null, problems: [away("DescribeLogDirs")] }, 0)).broughtSomething).toBe(false);
  });
});

describe("meters", () => {
  const meters = (ms: number) => ({ at: at(ms), clients: [], topics: new Map(), broker: {} });

  it("keeps a silent broker's rates for three intervals, with their own time, and then not", () => {
    const both = having(
      EMPTY,
      mergeMeters(
        EMPTY,
        new Map([
          [1, meters(0)],
          [2, meters(0)],
        ]),
        [],
        at(0),
      ).fields,
    );
    const soon = mergeMeters(both, new Map([[1, meters(30_000)]]), [away("GET /metrics", 2)], at(30_000));
    expect(soon.fields.meters?.get(2)?.at).toBe(at(0));
    const later = mergeMeters(both, new Map([[1, meters(45_000)]]), [away("GET /metrics", 2)], at(45_000));
    expect([...(later.fields.meters?.keys() ?? [])]).toEqual([1]);
  });

  it("brought nothing when every broker was silent, but lets old rates go", () => {
    const one = having(EMPTY, mergeMeters(EMPTY, new Map([[1, meters(0)]]), [], at(0)).fields);
    const none = mergeMeters(one, new Map(), [away("GET /metrics", 1)], at(MINUTE));
    expect(none.broughtSomething).toBe(false);
    expect(none.fields.meters?.size).toBe(0);
  });
});

describe("configs", () => {
  const entry = (value: string) => [
    { name: "retention.ms", value, source: "topic" as const, readOnly: false, sensitive: false, synonyms: [] },
  ];

  it("takes what was read, keeps the rest, shares equal ones, and leaves topics that are gone", () => {
    const known = having(EMPTY, { metadata: metadata([1], ["a", "b"]), configs: new Map([["a", { at: at(0), entries: entry("1") }]]) });
    const { fields } = mergeConfigs(
      known,
      {
        value: [
          { resource: { type: "topic", name: "b" }, configs: entry("1") },
          { resource: { type: "topic", name: "gone" }, configs: entry("1") },
          { resource: { type: "broker", id: 1 }, configs: entry("9") },
        ],
        problems: [],
      },
      at(5),
    );
    expect(fields.configs?.get("b")?.at).toBe(at(5));
    expect(fields.configs?.get("b")?.entries).toBe(known.configs.get("a")?.entries);
    expect(fields.configs?.has("gone")).toBe(false);
    expect(fields.brokerConfigs).toEqual(entry("9"));
  });
});

describe("a saved snapshot", () => {
  it("is shown under the connection as it is now", () => {
    const saved = withPart(
      EMPTY,
      "exporter",
      {
        fields: { meters: new Map([[1, { at: at(0), clients: [], topics: new Map(), broker: {} }]]) },
        broughtSomething: true,
        problems: [],
      },
      at(0),
    );
    const now = underConnection(
      saved,
      { ...CONNECTION, name: "Renamed", mode: "operate", exporter: null },
      { ...DEFAULT_SETTINGS.intervals, offsetsMs: 5 },
    );
    expect(now).toMatchObject({ name: "Renamed", mode: "operate", parts: { offsets: { intervalMs: 5 }, exporter: { at: null } } });
    expect(now.meters.size).toBe(0);
  });
});
