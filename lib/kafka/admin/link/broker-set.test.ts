import { Writer } from "@platformatic/kafka";
import { describe, expect, it } from "vitest";
import type { BrokerFact } from "@/lib/domain/facts";
import { LIST_GROUPS } from "@/lib/kafka/admin/protocol/list-groups";
import { createFakeCluster } from "@/lib/kafka/testing/fake-cluster";
import { BrokerSet } from "./broker-set";

const noGroups = () =>
  Writer.create()
    .appendInt32(0)
    .appendInt16(0)
    .appendArray([], () => {})
    .appendTaggedFields();
const broker = (id: number, host = `b-${id}`): BrokerFact => ({ id, host, port: 9096, rack: null });
const ask = (brokers: BrokerSet) => brokers.any(LIST_GROUPS, [[], []]);

describe("the brokers of a cluster", () => {
  it("are begun with at the bootstrap addresses, one after the other", async () => {
    const cluster = createFakeCluster(noGroups);
    cluster.unreachable.add("seed-1");
    const brokers = new BrokerSet(["seed-1:9096", "[::1]:9096"], cluster.options);
    expect((await ask(brokers)).brokerId).toBeUndefined();
    expect(cluster.log).toEqual(["seed-1 open", "::1 open", "::1 ListGroups"]);
  });

  it("keep the bootstrap connection to an address that a broker advertises, and end the others", async () => {
    const cluster = createFakeCluster(noGroups);
    const askedIds: (number | null)[] = [];
    const brokers = new BrokerSet(["b-2:9096"], { ...cluster.options, onRequest: ({ brokerId }) => askedIds.push(brokerId) });
    await ask(brokers);
    brokers.adopt([broker(1), broker(2)]);
    await brokers.each([2, 1], "ListGroups", (link) => link.call(LIST_GROUPS, [[], []]));
    expect(cluster.log).toEqual(["b-2 open", "b-2 ListGroups", "b-1 open", "b-2 ListGroups", "b-1 ListGroups"]);
    expect(askedIds).toEqual([null, 2, 1]);
  });

  it("are asked in turn, and those known to be down last", async () => {
    const cluster = createFakeCluster(noGroups);
    const brokers = new BrokerSet(["seed:9096"], cluster.options);
    brokers.adopt([broker(1), broker(2), broker(3)]);
    cluster.unreachable.add("b-2");
    const asked = [];
    for (let turn = 0; turn < 6; turn += 1) asked.push((await ask(brokers)).brokerId);
    expect(new Set(asked)).toEqual(new Set([1, 3]));
    expect(cluster.log.filter((line) => line === "b-2 open")).toHaveLength(1);
  });

  it("follow an address that changed, and let go of a broker that left", async () => {
    const cluster = createFakeCluster(noGroups);
    const brokers = new BrokerSet(["seed:9096"], cluster.options);
    brokers.adopt([broker(1), broker(2)]);
    await brokers.each([1, 2], "ListGroups", (link) => link.call(LIST_GROUPS, [[], []]));
    brokers.adopt([broker(1, "moved-1")]);
    const parts = await brokers.each([1, 2], "ListGroups", (link) => link.call(LIST_GROUPS, [[], []]));
    expect(cluster.log.slice(-2)).toEqual(["moved-1 open", "moved-1 ListGroups"]);
    expect(parts[1]).toMatchObject({ brokerId: 2, problem: { code: "unreachable", brokerId: 2 } });
  });

  it("cost only their own part when they fail", async () => {
    const cluster = createFakeCluster(noGroups);
    cluster.unreachable.add("b-1");
    const brokers = new BrokerSet(["seed:9096"], cluster.options);
    brokers.adopt([broker(1), broker(2)]);
    const parts = await brokers.each([1, 2], "ListGroups", (link) => link.call(LIST_GROUPS, [[], []]));
    expect(parts).toMatchObject([
      { brokerId: 1, problem: { code: "unreachable", operation: "ListGroups" } },
      { brokerId: 2, value: {} },
    ]);
  });

  it("fail with the last reason when none answers, and are begun with anew at the bootstrap", async () => {
    const cluster = createFakeCluster(noGroups);
    const brokers = new BrokerSet(["seed:9096"], cluster.options);
    brokers.adopt([broker(1)]);
    cluster.unreachable.add("b-1").add("seed");
    await expect(ask(brokers)).rejects.toThrow("seed was not reached");
  });
});
