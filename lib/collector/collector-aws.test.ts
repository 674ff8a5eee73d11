import { describe, expect, it } from "vitest";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Collector } from "./start-collector";
import { access, fakeRegion, vault } from "./testing/fake-region";
import { MINUTE, START, seen, stop, world } from "./testing/world";

function setUp() {
  const surroundings = world();
  const fake = fakeRegion(() => surroundings.clock.now());
  const start = () => surroundings.start({}, { aws: access(fake) });
  return { ...surroundings, fake, start };
}

function snapshotOf(collector: Collector, id: string): ClusterSnapshot | undefined {
  return collector.fleet().clusters.get(id);
}

const count = (asked: readonly string[], operation: string): number => asked.filter((each) => each === operation).length;

describe("clusters found in an account", () => {
  it("are shown with what AWS tells, beside those that are written down", async () => {
    const { clock, start } = setUp();
    const collector = await start();
    await clock.advance(MINUTE);
    const found = snapshotOf(collector, "silo-vault");
    expect(seen(collector).metadataFrom).toBe("kafka");
    expect(found?.metadataFrom).toBe("msk");
    expect(found?.metadata?.topics.get("vault.ledger")?.partitions.map(({ partition }) => partition)).toEqual([0, 1]);
    expect(found?.metadata?.brokers).toEqual([{ id: 1, host: "b-1.vault.invalid", port: 9096, rack: null }]);
    expect(found?.cloud?.brokers.get(1)).toEqual({ BytesInPerSec: 42 });
    expect(found?.parts.offsets.absent).toBe(true);
  });

  it("are waited for by who asks for all clusters, also where a region refuses", async () => {
    const { clock, fake, start } = setUp();
    fake.failing.add("ListClustersV2");
    const collector = await start();
    const refused = collector.clusterIds();
    await clock.advance(0);
    expect([...(await refused)]).toEqual(["shared-1"]);
    fake.failing.clear();
    await clock.advance(6 * MINUTE);
    expect([...(await collector.clusterIds())]).toEqual(["shared-1", "silo-vault"]);
  });

  it("come and go with the account, and keep their address", async () => {
    const { clock, fake, start } = setUp();
    fake.clusters = [];
    const collector = await start();
    await clock.advance(MINUTE);
    expect(snapshotOf(collector, "silo-vault")).toBeUndefined();
    fake.clusters = [vault()];
    await clock.advance(6 * MINUTE);
    expect(snapshotOf(collector, "silo-vault")).toBeDefined();
    fake.clusters = [];
    await clock.advance(6 * MINUTE);
    expect(snapshotOf(collector, "silo-vault")).toBeUndefined();
    expect(collector.connections().has("silo-vault")).toBe(false);
  });

  it("stay while the account cannot be looked into, which is said", async () => {
    const { clock, fake, start } = setUp();
    const collector = await start();
    await clock.advance(MINUTE);
    fake.failing.add("ListClustersV2");
    await clock.advance(6 * MINUTE);
    expect(snapshotOf(collector, "silo-vault")).toBeDefined();
    expect(collector.unseenRegions()).toMatchObject([{ account: "main", region: "eu-central-1", problems: [{ code: "forbidden" }] }]);
    fake.failing.clear();
    await clock.advance(6 * MINUTE);
    expect(collector.unseenRegions()).toEqual([]);
  });

  it("have an address of their own when two have one name, also beside one that is written down", async () => {
    const { clock, fake, start } = setUp();
    fake.clusters = [vault(), vault({ arn: "arn:2", region: "eu-central-1" }), vault({ arn: "arn:3", name: "shared-1" })];
    const collector = await start();
    await clock.advance(MINUTE);
    expect([...collector.connections().keys()].toSorted()).toEqual([
      "shared-1",
      "shared-1-eu-central-1",
      "silo-vault",
      "silo-vault-eu-central-1",
    ]);
  });

  it("costs only its own part when a permission is missing", async () => {
    const { clock, fake, start } = setUp();
    fake.failing.add("ListTopics").add("ListNodes");
    const collector = await start();
    await clock.advance(MINUTE);
    const found = snapshotOf(collector, "silo-vault");
    expect(found?.msk?.cluster.name).toBe("silo-vault");
    expect(found?.msk?.nodes).toBeNull();
    expect(found?.parts.metadata.problems).toMatchObject([{ operation: "ListTopics", remedy: "Grant kafka:ListTopics." }]);
    expect(found?.cloud?.at).toBeDefined();
  });
});

describe("what AWS is asked", () => {
  it("is CloudWatch every five minutes while nobody looks, and every minute while one or twenty do", async () => {
    const { clock, fake, start } = setUp();
    const collector = await start();
    await clock.advance(2 * MINUTE);
    fake.asked.length = 0;
    await clock.advance(30 * MINUTE);
    const unwatched = count(fake.asked, "GetMetricData");
    const watched = async (people: number): Promise<number> => {
      fake.asked.length = 0;
      for (let minute = 0; minute < 30; minute += 1) {
        for (let person = 0; person < people; person += 1) collector.look();
        await clock.advance(MINUTE);
      }
      return count(fake.asked, "GetMetricData");
    };
    expect(unwatched).toBeLessThanOrEqual(6);
    expect(unwatched).toBeGreaterThanOrEqual(5);
    const byOne = await watched(1);
    expect(byOne).toBeGreaterThanOrEqual(29);
    expect(byOne).toBeLessThanOrEqual(31);
    expect(await watched(20)).toBe(byOne);
  }, 120_000);

  it("is for the partitions of a topic only when they may have changed", async () => {
    const { clock, fake, start } = setUp();
    await start();
    await clock.advance(5 * MINUTE);
    expect(count(fake.asked, "DescribeTopicPartitions")).toBe(1);
    fake.topics = fake.topics.map((topic) => ({ ...topic, partitionCount: 3 }));
    await clock.advance(2 * MINUTE);
    expect(count(fake.asked, "DescribeTopicPartitions")).toBe(2);
  });

  it("finds nothing wrong with a young cluster of which CloudWatch lists nothing yet", async () => {
    const { clock, fake, start } = setUp();
    fake.published = [];
    fake.clusters = [vault({ createdAt: START })];
    const collector = await start();
    await clock.advance(5 * MINUTE);
    expect(snapshotOf(collector, "silo-vault")?.parts.cloudwatch.problems).toEqual([]);
    expect(count(fake.asked, "ListMetrics")).toBeLessThanOrEqual(5);
    await clock.advance(20 * MINUTE);
    expect(snapshotOf(collector, "silo-vault")?.parts.cloudwatch.problems).toMatchObject([{ operation: "ListMetrics" }]);
  });

  it("is for no topic's rate where an exporter tells it", async () => {
    const { clock, fake, start } = setUp();
    fake.published = [
      { metric: "BytesInPerSec", brokerId: 1, topic: "vault.ledger" },
      { metric: "SumOffsetLag", group: "g", topic: "vault.ledger" },
      { metric: "CpuUser", brokerId: 1 },
    ];
    await start();
    await clock.advance(2 * MINUTE);
    expect(fake.requests[0]?.keys).toEqual(fake.published);
    expect(fake.requests.every(({ clusterName }) => clusterName === "silo-vault")).toBe(true);
  });
});

it("takes up what was saved of a found cluster after a restart", async () => {
  const { clock, fake, start, store } = setUp();
  const first = await start();
  await clock.advance(3 * MINUTE);
  await stop(first, clock);
  expect(Date.parse(START)).toBeLessThan(clock.now());
  expect(await store.loadSnapshot("silo-vault")).not.toBeNull();
  fake.failing.add("ListTopics").add("DescribeClusterV2");
  const second = await start();
  await clock.advance(MINUTE);
  expect(snapshotOf(second, "silo-vault")?.metadata?.topics.has("vault.ledger")).toBe(true);
});
