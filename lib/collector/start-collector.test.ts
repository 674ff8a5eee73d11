import { describe, expect, it } from "vitest";
import type { PinnedList } from "@/lib/domain/pinned-list";
import { group } from "./testing/fake-cluster";
import { tenant } from "./testing/fake-fleet";
import { asked, MINUTE, seen, world } from "./testing/world";

describe("reading", () => {
  it("shows every part of a cluster soon after the start", async () => {
    const { clock, start } = world();
    const collector = await start();
    expect(collector.state()).toBe("running");
    await clock.advance(10_000);
    const { parts, metadata, groups, ends, meters, quotas } = seen(collector);
    expect(Object.entries(parts).filter(([, { at, absent }]) => at === null && absent === undefined)).toEqual([]);
    expect([metadata?.brokers.length, groups.size, ends.get("acme.orders"), meters.size, quotas?.length]).toEqual([
      3,
      1,
      [100n, 200n],
      3,
      1,
    ]);
  });

  it("reads each part on its own clock, and configurations only when they are due", async () => {
    const { clock, cluster, start } = world();
    await start();
    await clock.advance(MINUTE);
    asked(cluster);
    await clock.advance(10 * MINUTE);
    const counts = asked(cluster);
    expect(counts).toMatchObject({ offsets: 40, exporter: 120, metadata: 10, starts: 10, logs: 10, quotas: 2, acls: 2, scram: 2 });
    expect(counts.configs).toBeUndefined();
    cluster.topics["new.topic"] = { ends: [0n], starts: [0n] };
    await clock.advance(3 * MINUTE);
    expect(asked(cluster).configs).toBe(1);
  });

  it("looks up once how old records are that were unread before it watched, not with the first sweep, and again what went unanswered", async () => {
    const { clock, cluster, start } = world();
    const hoursAgo = (timestampMs: number) => (clock.now() - timestampMs) / (60 * MINUTE);
    cluster.offsetAt = ({ timestampMs }) => (hoursAgo(timestampMs) > 10 ? 80n : hoursAgo(timestampMs) > 5 ? 95n : null);
    cluster.failing.add("times");
    const collector = await start();
    await clock.advance(10_000);
    expect(asked(cluster).times).toBeUndefined();
    await clock.advance(30_000);
    expect(asked(cluster).times).toBeGreaterThan(0);
    expect(seen(collector).recordTimes?.size).toBe(0);
    cluster.failing.clear();
    await clock.advance(30_000);
    expect(asked(cluster).times).toBe(7);
    const looked = seen(collector).recordTimes?.get("acme.orders")?.get(0);
    expect(looked?.of).toBe(90n);
    const [older, younger] = [80n, 95n].map((offset) =>
      looked?.points.filter((point) => point.offset === offset).map(({ atMs }) => hoursAgo(atMs)),
    );
    expect(Math.min(...(older ?? []))).toBeLessThan(14);
    expect(Math.max(...(younger ?? []))).toBeGreaterThan(8);
    await clock.advance(10 * MINUTE);
    expect(asked(cluster).times).toBeUndefined();
  });

  it("loses only the part that fails, keeps its last value with its time, and heals", async () => {
    const { clock, cluster, start } = world();
    const collector = await start();
    await clock.advance(10_000);
    const before = seen(collector).parts.logs.at;
    cluster.failing.add("logs");
    cluster.groups = [group("other", 1, [])];
    await clock.advance(3 * MINUTE);
    const failed = seen(collector);
    expect(failed.parts.logs).toMatchObject({ at: before, problems: [{ code: "unreachable" }] });
    expect(failed.sizes.get("acme.orders")?.[0]?.get(1)).toBe(1001);
    expect([...failed.groups.keys()]).toEqual(["other"]);
    expect(failed.parts.offsets.problems).toEqual([]);
    cluster.failing.clear();
    await clock.advance(2 * MINUTE);
    expect(seen(collector).parts.logs.problems).toEqual([]);
    expect(seen(collector).parts.logs.at).not.toBe(before);
  });

  it("goes on without a broker that is silent, and asks the cluster at once who is there", async () => {
    const { clock, cluster, start } = world();
    const collector = await start();
    cluster.groups = [group("on-1", 1, []), group("on-2", 2, [["acme.orders", 0, 5n]])];
    await clock.advance(30_000);
    cluster.silentBrokers.add(2);
    asked(cluster);
    await clock.advance(20_000);
    const partial = seen(collector);
    expect(partial.groups.get("on-2")).toMatchObject({ problem: { brokerId: 2 }, committed: [{ offset: 5n }] });
    expect(partial.groups.get("on-1")?.problem).toBeUndefined();
    expect(partial.parts.exporter.problems).toMatchObject([{ brokerId: 2 }]);
    expect(asked(cluster).metadata).toBeGreaterThan(0);
    cluster.brokerIds = [1, 3];
    cluster.silentBrokers.clear();
    cluster.groups = [group("on-1", 1, []), group("on-2", 3, [["acme.orders", 0, 5n]])];
    await clock.advance(2 * MINUTE);
    const healed = seen(collector);
    expect(healed.groups.get("on-2")?.problem).toBeUndefined();
    expect([...healed.meters.keys()]).toEqual([1, 3]);
    expect([...healed.knownBrokers.keys()].sort()).toEqual([1, 2, 3]);
  });

  it("waits for a cluster that is away without asking it all the time, and finds it when it is back", async () => {
    const { clock, cluster, start } = world();
    for (const operation of ["metadata", "offsets", "starts", "logs", "configs", "quotas", "acls", "scram", "exporter"])
      cluster.failing.add(operation);
    const collector = await start();
    await clock.advance(10 * MINUTE);
    expect(seen(collector).metadata).toBeNull();
    expect(seen(collector).parts.metadata.problems).toHaveLength(1);
    expect(asked(cluster).metadata).toBeLessThan(15);
    cluster.failing.clear();
    await clock.advance(2 * MINUTE);
    expect(seen(collector).groups.size).toBe(1);
    expect(seen(collector).parts.metadata.problems).toEqual([]);
  });

  it("never has two sweeps of a part under way, however slow a broker is", async () => {
    const { clock, cluster, start } = world();
    const collector = await start();
    await clock.advance(10_000);
    let open = (): void => undefined;
    cluster.gates.set("offsets", new Promise((resolve) => (open = resolve)));
    asked(cluster);
    await clock.advance(5 * MINUTE);
    const counts = asked(cluster);
    expect(counts.offsets).toBe(1);
    expect(counts.metadata).toBe(5);
    cluster.gates.clear();
    open();
    await clock.advance(30_000);
    expect([1, 2]).toContain(asked(cluster).offsets);
    expect(seen(collector).parts.offsets.at).not.toBeNull();
  });

  it("takes a reading that throws for a part that failed", async () => {
    const { clock, cluster, start, warnings } = world();
    const failure = Promise.reject(new Error("no such field"));
    failure.catch(() => undefined);
    cluster.gates.set("quotas", failure);
    const collector = await start();
    await clock.advance(10_000);
    expect(seen(collector).parts.quotas.problems).toMatchObject([{ code: "invalid" }]);
    expect(seen(collector).parts.quotas.problems[0]?.message).toContain("no such field");
    expect(warnings.join()).toContain("no such field");
    expect(seen(collector).parts.acls.problems).toEqual([]);
  });
});

describe("refresh", () => {
  it("answers when the fleet shows the new reading", async () => {
    const { clock, cluster, start } = world();
    const collector = await start();
    await clock.advance(30_000);
    await clock.advance(Date.parse(seen(collector).parts.offsets.at ?? "") + 11_000 - clock.now());
    cluster.groups = [group("fresher", 1, [])];
    await collector.refresh("shared-1", ["offsets"]);
    expect([...seen(collector).groups.keys()]).toEqual(["fresher"]);
  });

  it("asks for the ends of a topic that was made a moment ago", async () => {
    const { clock, cluster, start } = world();
    const collector = await start();
    await clock.advance(30_000);
    await clock.advance(Date.parse(seen(collector).parts.offsets.at ?? "") + 11_000 - clock.now());
    cluster.topics.fresh = { ends: [7n], starts: [0n] };
    await collector.refresh("shared-1", ["offsets", "metadata"]);
    expect(seen(collector).ends.get("fresh")).toEqual([7n]);
  });

  it("reads metadata soon after a group has committed on a topic that is not known, and once for each such topic", async () => {
    const { clock, cluster, start } = world();
    const collector = await start();
    await clock.advance(2 * MINUTE);
    await clock.advance(Date.parse(seen(collector).parts.metadata.at ?? "") + 16_000 - clock.now());
    cluster.groups = [group("hidden", 1, [["nowhere", 0, 1n]])];
    asked(cluster);
    await clock.advance(40_000);
    expect(asked(cluster).metadata).toBe(1);
  });

  it("shares one reading among identical requests, also for a while after", async () => {
    const { clock, cluster, start } = world();
    const collector = await start();
    await clock.advance(4 * MINUTE);
    asked(cluster);
    await Promise.all([1, 2, 3].map(() => collector.refresh("shared-1", ["quotas", "acls"])));
    await clock.advance(5_000);
    await collector.refresh("shared-1", ["quotas"]);
    expect(asked(cluster)).toMatchObject({ quotas: 1, acls: 1 });
    await clock.advance(6_000);
    await collector.refresh("shared-1", ["quotas"]);
    expect(asked(cluster).quotas).toBe(1);
  });

  it("reads every configuration when a person asks for them", async () => {
    const { clock, cluster, start } = world();
    const collector = await start();
    await clock.advance(MINUTE);
    asked(cluster);
    await collector.refresh("shared-1", ["configs"]);
    expect(asked(cluster).configs).toBe(2);
    expect(seen(collector).configs.get("acme.orders")?.at).toBe(new Date(clock.now()).toISOString());
  });

  it("knows no cluster that is not connected", async () => {
    const { start } = world();
    const collector = await start();
    await expect(collector.refresh("nowhere", ["offsets"])).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("versions", () => {
  const listed = (isPointedAt: boolean): PinnedList => ({
    rows: [{ id: "acme" }, { id: "birch" }],
    keys: null,
    keyOf: (row) => (row as { id: string }).id,
    isPointedAt,
  });

  it("keeps the order of a list that a cursor points into for two minutes after the next version, and then says that it is gone", async () => {
    const { clock, start } = world();
    const collector = await start();
    await clock.advance(20_000);
    const given = collector.fleet();
    given.lists.set("tenants", listed(true)).set("topics", listed(false));
    given.answers.set("overview", "all of it");
    given.listsWithin.set("birch", new Map([["tenants", listed(true)]])).set("acme", new Map([["tenants", listed(false)]]));
    await clock.advance(2 * MINUTE - 20_000);
    const kept = collector.fleet(given.version);
    const order = { rows: null, keys: ["acme", "birch"], keyOf: null, isPointedAt: true };
    expect([...kept.lists]).toEqual([["tenants", order]]);
    expect([...kept.listsWithin]).toEqual([["birch", new Map([["tenants", order]])]]);
    expect(collector.fleet().version).not.toBe(given.version);
    expect([kept.answers.size, collector.fleet().lists.size]).toEqual([0, 0]);
    await clock.advance(MINUTE);
    expect(() => collector.fleet(given.version)).toThrow(expect.objectContaining({ code: "precondition_failed" }));
    expect(() => collector.fleet("nonsense")).toThrow(expect.objectContaining({ code: "precondition_failed" }));
  });

  it("keeps no version that no cursor points at", async () => {
    const { clock, start } = world();
    const collector = await start();
    await clock.advance(20_000);
    const given = collector.fleet();
    given.lists.set("tenants", listed(false));
    await clock.advance(MINUTE);
    expect(() => collector.fleet(given.version)).toThrow(expect.objectContaining({ code: "precondition_failed" }));
  });

  it("lets go of everything in a version that is replaced but the order of its lists", async () => {
    const { clock, start } = world();
    const collector = await start();
    await clock.advance(20_000);
    const given = collector.fleet();
    given.lists.set("tenants", listed(true));
    expect(given).not.toHaveProperty("replaced");
    await clock.advance(MINUTE);
    const { tenants, clusters, topics, groups, conditions, joins, replaced, tiers } = collector.fleet(given.version);
    expect([tenants.size, clusters.size, topics.size, groups.size, conditions.length, joins]).toEqual([0, 0, 0, 0, 0, undefined]);
    expect([replaced, tiers]).toEqual([true, given.tiers]);
  });

  it("assembles at most every few seconds, however much changes", async () => {
    const { clock, assemble, start } = world();
    await start({ assembleEveryMs: 5_000 });
    await clock.advance(MINUTE);
    expect(assemble.inputs.length).toBeLessThanOrEqual(13);
    expect(assemble.inputs.length).toBeGreaterThan(4);
  });

  it("shows new declarations at once when told of them, and after a while when another process took them in", async () => {
    const { clock, store, start } = world();
    const collector = await start();
    const heard: number[] = [];
    const end = collector.onFleet((fleet) => heard.push(fleet.tenants.size));
    store.registry = { ...store.registry, version: 2, tenants: [tenant("acme", "shared-1"), tenant("birch", "shared-1")] };
    await collector.reassemble();
    expect(collector.fleet().tenants.size).toBe(2);
    store.registry = { ...store.registry, version: 3, tenants: [] };
    await clock.advance(30_000);
    expect(collector.fleet().tenants.size).toBe(0);
    expect(heard).toContain(2);
    end();
  });
});
