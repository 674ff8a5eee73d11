import type { Writer } from "@platformatic/kafka";
import { describe, expect, it } from "vitest";
import { KafkaFailure } from "@/lib/kafka/problems/failure";
import {
  coordinatorAnswer,
  type FakeCommits,
  type FakeTopic,
  groupsAsked,
  keysAsked,
  listGroupsAnswer,
  listOffsetsAnswer,
  metadataAnswer,
  offsetFetchAnswer,
  offsetsAsked,
} from "@/lib/kafka/testing/fake-answers";
import { createFakeCluster, type FakeCluster, type SeenRequest } from "@/lib/kafka/testing/fake-cluster";
import { BrokerSet } from "./link/broker-set";
import { sweepLag } from "./sweep-lag";

interface FakeGroup extends FakeCommits {
  type?: string;
}

interface World {
  topics: FakeTopic[];
  /** By broker the groups it lists. */
  groups: Record<number, FakeGroup[]>;
  end?: (topic: string, partition: number, broker: number) => { offset?: bigint; errorCode?: number };
  override?: (seen: SeenRequest) => Writer | KafkaFailure | undefined;
}

function clusterOf(world: World): { cluster: FakeCluster; brokers: BrokerSet; batches: number[] } {
  const batches: number[] = [];
  const cluster = createFakeCluster((seen) => world.override?.(seen) ?? usual(world, seen, batches));
  return { cluster, brokers: new BrokerSet(["b-1:9096"], cluster.options), batches };
}

function usual(world: World, { host, api, request }: SeenRequest, batches: number[]): Writer {
  const broker = Number(host.slice(2));
  const groups = world.groups[broker] ?? [];
  switch (api) {
    case "Metadata":
      return metadataAnswer(Object.keys(world.groups).map(Number), world.topics);
    case "ListGroups":
      return listGroupsAnswer(groups);
    case "OffsetFetch": {
      const ids = groupsAsked(request);
      batches.push(ids.length);
      return offsetFetchAnswer(ids.map((id) => groups.find((group) => group.id === id) ?? { id, errorCode: 69 }));
    }
    case "ListOffsets": {
      const asked = offsetsAsked(request);
      batches.push(asked.length);
      return listOffsetsAnswer(asked, ({ topic, partition }) => world.end?.(topic, partition, broker) ?? { offset: 100n });
    }
    default:
      throw new Error(`unexpected ${api}`);
  }
}

const requestsOf = ({ log }: FakeCluster) => log.filter((line) => !line.endsWith("open"));

describe("one sweep for lag", () => {
  it("asks each broker for its groups, their commits, then the ends of what it leads", async () => {
    const { cluster, brokers } = clusterOf({
      topics: [{ name: "orders", leaders: [1, 2] }],
      groups: {
        1: [{ id: "billing", offsets: { orders: [10n, -1n] } }],
        2: [{ id: "audit", type: "Consumer", offsets: { orders: [0n, 7n] } }],
      },
      end: (_topic, partition) => ({ offset: BigInt(100 + partition) }),
    });
    const { value, problems } = await sweepLag(brokers);
    expect(problems).toEqual([]);
    expect(value?.groups).toEqual([
      {
        id: "billing",
        type: "classic",
        state: "Stable",
        protocolType: "consumer",
        coordinatorId: 1,
        committed: [{ topic: "orders", partition: 0, offset: 10n }],
      },
      {
        id: "audit",
        type: "consumer",
        state: "Stable",
        protocolType: "consumer",
        coordinatorId: 2,
        committed: [
          { topic: "orders", partition: 0, offset: 0n },
          { topic: "orders", partition: 1, offset: 7n },
        ],
      },
    ]);
    expect(value?.ends).toEqual(new Map([["orders", [100n, 101n]]]));
    const order = requestsOf(cluster);
    expect(order[0]).toBe("b-1 Metadata");
    expect(order.findIndex((line) => line.endsWith("ListOffsets"))).toBeGreaterThan(
      order.findLastIndex((line) => line.endsWith("OffsetFetch")),
    );
    expect(order).toHaveLength(7);
  });

  it("stays within 2 + ⌈groups/500⌉ + ⌈partitions/5000⌉ requests per broker", async () => {
    const groups = Array.from({ length: 1_201 }, (_, index) => ({ id: `g-${index}` }));
    const topics = Array.from({ length: 3_001 }, (_, index) => ({ name: `t-${index}`, leaders: [1, 1, 1, 1] }));
    const { cluster, brokers, batches } = clusterOf({ topics, groups: { 1: groups } });
    const { value } = await sweepLag(brokers);
    expect(value?.groups).toHaveLength(1_201);
    expect(requestsOf(cluster)).toHaveLength(2 + 3 + 3);
    expect(batches.slice(0, 3)).toEqual([500, 500, 201]);
    expect(batches.slice(3)).toEqual([5_000, 5_000, 2_004]);
    expect([...(value?.ends.values() ?? [])].flat().every((end) => end === 100n)).toBe(true);
  });

  it("asks no commits of share groups, which have none", async () => {
    const { cluster, brokers } = clusterOf({ topics: [], groups: { 1: [{ id: "jobs", type: "Share" }] } });
    const { value } = await sweepLag(brokers);
    expect(value?.groups).toMatchObject([{ id: "jobs", type: "share", committed: [] }]);
    expect(requestsOf(cluster)).toEqual(["b-1 Metadata", "b-1 ListGroups"]);
  });

  it("looks for the coordinator of moved groups only", async () => {
    const { cluster, brokers } = clusterOf({
      topics: [],
      groups: {
        1: [
          { id: "stays", offsets: { orders: [1n] } },
          { id: "moved", errorCode: 16 },
        ],
        2: [],
      },
      override: ({ host, api, request }) => {
        if (api === "FindCoordinator") return coordinatorAnswer(keysAsked(request), () => 2);
        if (api === "OffsetFetch" && host === "b-2")
          return offsetFetchAnswer(groupsAsked(request).map((id) => ({ id, offsets: { orders: [9n] } })));
        return undefined;
      },
    });
    const { value, problems } = await sweepLag(brokers);
    expect(problems).toEqual([]);
    expect(value?.groups).toMatchObject([
      { id: "stays", coordinatorId: 1, committed: [{ offset: 1n }] },
      { id: "moved", coordinatorId: 2, committed: [{ offset: 9n }] },
    ]);
    expect(cluster.log.filter((line) => line.endsWith("FindCoordinator"))).toHaveLength(1);
  });

  it("keeps the other groups of an answer in which one is refused, and names the permission", async () => {
    const { brokers } = clusterOf({
      topics: [],
      groups: {
        1: [
          { id: "mine", offsets: { orders: [4n] } },
          { id: "secret", errorCode: 30 },
        ],
      },
    });
    const { value, problems } = await sweepLag(brokers);
    const remedy = "Allow DESCRIBE on group 'secret' to the console's user (with IAM: kafka-cluster:DescribeGroup).";
    expect(value?.groups).toMatchObject([
      { id: "mine", committed: [{ offset: 4n }] },
      { id: "secret", committed: [], problem: { code: "forbidden", remedy } },
    ]);
    expect(problems).toMatchObject([{ code: "forbidden", operation: "OffsetFetch", resource: "secret", remedy }]);
  });

  it("leaves unknown ends unknown: no leader, a deleted topic, a refused one", async () => {
    const { brokers } = clusterOf({
      topics: [
        { name: "fine", leaders: [1, -1] },
        { name: "deleted", leaders: [1] },
        { name: "secret", leaders: [1] },
      ],
      groups: { 1: [] },
      end: (topic) => ({ fine: { offset: 5n }, deleted: { errorCode: 3 }, secret: { errorCode: 29 } })[topic] ?? {},
    });
    const { value, problems } = await sweepLag(brokers);
    expect(value?.ends).toEqual(
      new Map([
        ["fine", [5n, null]],
        ["deleted", [null]],
        ["secret", [null]],
      ]),
    );
    expect(problems.map(({ code, resource }) => [code, resource])).toEqual([
      ["unavailable", "fine"],
      ["unavailable", "deleted"],
      ["forbidden", "secret"],
    ]);
  });

  it("reads the metadata anew when leaders have moved, and asks only theirs again", async () => {
    const topics = [{ name: "orders", leaders: [1, 1] }];
    const { cluster, brokers } = clusterOf({
      topics,
      groups: { 1: [], 2: [] },
      end: (_topic, partition, broker) => (partition === 1 && broker === 1 ? { errorCode: 6 } : { offset: 8n }),
      override: ({ api }) => {
        if (api === "ListOffsets") topics[0] = { name: "orders", leaders: [1, 2] };
        return undefined;
      },
    });
    const { value, problems } = await sweepLag(brokers);
    expect(problems).toEqual([]);
    expect(value?.ends).toEqual(new Map([["orders", [8n, 8n]]]));
    expect(value?.metadata.topics.get("orders")?.partitions[1]?.leader).toBe(2);
    expect(requestsOf(cluster).filter((line) => line.endsWith("ListOffsets"))).toEqual(["b-1 ListOffsets", "b-2 ListOffsets"]);
  });

  it("loses only the part of a broker that is away", async () => {
    const { cluster, brokers } = clusterOf({
      topics: [{ name: "orders", leaders: [1, 2] }],
      groups: { 1: [{ id: "billing", offsets: { orders: [1n, 1n] } }], 2: [{ id: "audit" }] },
    });
    cluster.unreachable.add("b-2");
    const { value, problems } = await sweepLag(brokers);
    expect(value?.groups?.map(({ id }) => id)).toEqual(["billing"]);
    expect(value?.ends).toEqual(new Map([["orders", [100n, null]]]));
    expect(problems).toMatchObject([
      { code: "unreachable", operation: "ListGroups", brokerId: 2 },
      { code: "unreachable", operation: "ListOffsets", brokerId: 2 },
    ]);
    expect(cluster.log.filter((line) => line === "b-2 open")).toHaveLength(1);
  });

  it("says of groups whose broker fell silent that their commits are not known", async () => {
    const { brokers } = clusterOf({
      topics: [],
      groups: { 1: [], 2: [{ id: "audit" }, { id: "jobs", type: "Share" }] },
      override: ({ host, api }) =>
        api === "OffsetFetch" && host === "b-2" ? new KafkaFailure("timeout", "b-2 did not answer in time.") : undefined,
    });
    const { value, problems } = await sweepLag(brokers);
    expect(value?.groups).toMatchObject([{ id: "audit", problem: { code: "timeout", brokerId: 2 } }, { id: "jobs" }]);
    expect(value?.groups?.[1]?.problem).toBeUndefined();
    expect(problems).toMatchObject([{ code: "timeout", operation: "OffsetFetch", brokerId: 2 }]);
  });

  it("answers nothing at all rather than an empty cluster", async () => {
    const { cluster, brokers } = clusterOf({ topics: [], groups: { 1: [] } });
    cluster.unreachable.add("b-1");
    expect(await sweepLag(brokers)).toMatchObject({ value: null, problems: [{ code: "unreachable", operation: "Metadata" }] });
  });

  it("uses metadata that is known already", async () => {
    const { cluster, brokers } = clusterOf({ topics: [{ name: "orders", leaders: [1] }], groups: { 1: [] } });
    const first = await sweepLag(brokers);
    cluster.log.length = 0;
    await sweepLag(brokers, first.value?.metadata);
    expect(cluster.log).toEqual(["b-1 ListGroups", "b-1 ListOffsets"]);
  });
});
