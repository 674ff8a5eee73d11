import { Writer } from "@platformatic/kafka";
import { describe, expect, it } from "vitest";
import { LIST_GROUPS } from "@/lib/kafka/admin/protocol/list-groups";
import { KafkaFailure } from "@/lib/kafka/problems/failure";
import { createFakeCluster } from "@/lib/kafka/testing/fake-cluster";
import { BrokerLink, type RequestMade } from "./broker-link";

const ADDRESS = { host: "b-1", port: 9096 };
const noGroups = () =>
  Writer.create()
    .appendInt32(0)
    .appendInt16(0)
    .appendArray([], () => {})
    .appendTaggedFields();
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the way to one broker", () => {
  it("is opened when first needed, once for everybody", async () => {
    const cluster = createFakeCluster(noGroups);
    const link = new BrokerLink(ADDRESS, cluster.options);
    expect(cluster.log).toEqual([]);
    await Promise.all([link.call(LIST_GROUPS, [[], []]), link.call(LIST_GROUPS, [[], []])]);
    expect(cluster.log).toEqual(["b-1 open", "b-1 ListGroups", "b-1 ListGroups"]);
  });

  it("remembers a broker as down: nobody waits for it, and it is tried again in the background, ever more slowly", async () => {
    const cluster = createFakeCluster(noGroups);
    cluster.unreachable.add("b-1");
    const link = new BrokerLink(ADDRESS, cluster.options);
    await expect(link.call(LIST_GROUPS, [[], []])).rejects.toThrow("b-1 was not reached");
    await expect(link.call(LIST_GROUPS, [[], []])).rejects.toThrow("b-1 was not reached");
    expect(cluster.log).toEqual(["b-1 open"]);
    const pauses = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const [pause] = cluster.clock.waiting();
      pauses.push(pause);
      cluster.clock.advance(pause ?? 0);
      await settled();
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    cluster.unreachable.clear();
    cluster.clock.advance(15_000);
    await settled();
    expect(link.down).toBeNull();
    const before = cluster.log.length;
    await link.call(LIST_GROUPS, [[], []]);
    expect(cluster.log.slice(before)).toEqual(["b-1 ListGroups"]);
    expect(cluster.clock.waiting()).toEqual([]);
  });

  it("is down after silence", async () => {
    const cluster = createFakeCluster(() => new KafkaFailure("timeout", "b-1 did not answer in time"));
    const link = new BrokerLink(ADDRESS, cluster.options);
    await expect(link.call(LIST_GROUPS, [[], []])).rejects.toMatchObject({ code: "timeout" });
    expect(link.down).toMatchObject({ code: "timeout" });
    expect(cluster.log).toEqual(["b-1 open", "b-1 ListGroups"]);
  });

  it("is opened anew when the broker had closed the idle connection, without a failure", async () => {
    let dropOnNext = false;
    const cluster = createFakeCluster(({ host }) => {
      if (!dropOnNext) return noGroups();
      dropOnNext = false;
      return new KafkaFailure("unreachable", `${host} closed the connection`);
    });
    const link = new BrokerLink(ADDRESS, cluster.options);
    await link.call(LIST_GROUPS, [[], []]);
    cluster.drop("b-1");
    await link.call(LIST_GROUPS, [[], []]);
    dropOnNext = true;
    await link.call(LIST_GROUPS, [[], []]);
    expect(cluster.log.filter((line) => line.endsWith("open"))).toHaveLength(3);
    expect(link.down).toBeNull();
  });

  it("tells of every request that was sent and how it ended, and of none that was not", async () => {
    const told: RequestMade[] = [];
    let silent = false;
    const cluster = createFakeCluster(() => {
      cluster.clock.advance(20);
      return silent ? new KafkaFailure("timeout", "b-1 did not answer in time") : noGroups();
    });
    const link = new BrokerLink(ADDRESS, { ...cluster.options, onRequest: (made) => told.push(made) });
    await link.call(LIST_GROUPS, [[], []]);
    link.brokerId = 7;
    silent = true;
    await expect(link.call(LIST_GROUPS, [[], []])).rejects.toMatchObject({ code: "timeout" });
    await expect(link.call(LIST_GROUPS, [[], []])).rejects.toMatchObject({ code: "timeout" });
    expect(told).toEqual([
      { brokerId: null, api: "ListGroups", ok: true, seconds: 0.02 },
      { brokerId: 7, api: "ListGroups", ok: false, seconds: 0.02 },
    ]);
  });

  it("stops trying when it is closed", async () => {
    const cluster = createFakeCluster(noGroups);
    cluster.unreachable.add("b-1");
    const link = new BrokerLink(ADDRESS, cluster.options);
    await expect(link.call(LIST_GROUPS, [[], []])).rejects.toThrow();
    link.close();
    expect(cluster.clock.waiting()).toEqual([]);
    await expect(link.call(LIST_GROUPS, [[], []])).rejects.toThrow("closed");
  });
});
