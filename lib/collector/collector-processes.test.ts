import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "./settings";
import { PACK_FORMAT } from "./snapshot/pack-snapshot";
import { settle, until } from "./testing/manual-clock";
import { asked, MINUTE, running, START, seen, stop, world } from "./testing/world";

describe("lease", () => {
  it("lets one process read, and the other one show what that one saved", async () => {
    const { clock, cluster, start } = world();
    const first = await start();
    const second = await start();
    expect([first.state(), second.state()]).toEqual(["running", "elsewhere"]);
    expect(cluster.openConnections).toBe(1);
    await clock.advance(2 * MINUTE);
    await until(() => seen(second).groups.size === 1);
    expect(seen(second).parts.offsets.at).not.toBeNull();
  });

  it("stops reading and writing once another process has the lease, and shows what that one saves", async () => {
    const { clock, cluster, store, start, warnings } = world();
    const collector = await start();
    await clock.advance(3 * MINUTE);
    await until(() => store.snapshots.size > 0);
    store.steal("cluster:shared-1");
    await clock.advance(10_000);
    expect(collector.state()).toBe("elsewhere");
    expect(cluster.openConnections).toBe(0);
    expect(warnings.join()).toContain("passed to another process");
    const saved = store.snapshots.get("shared-1");
    const minutes = store.minutes.length;
    asked(cluster);
    store.steal("cluster:shared-1");
    await clock.advance(20_000);
    expect(asked(cluster)).toEqual({});
    expect([store.snapshots.get("shared-1"), store.minutes.length]).toEqual([saved, minutes]);
  });

  it("notices at the first refused write that the lease is gone", async () => {
    const { clock, store, start } = world();
    const collector = await start({ lease: { ttlMs: 3_600_000, renewEveryMs: 1_800_000 } });
    await clock.advance(2 * MINUTE);
    store.steal("cluster:shared-1");
    await clock.advance(2 * MINUTE);
    await until(() => collector.state() === "elsewhere");
    expect(collector.state()).toBe("elsewhere");
  });

  it("takes over when the other process has gone", async () => {
    const { clock, cluster, store, start } = world();
    store.steal("cluster:shared-1");
    const collector = await start();
    expect(collector.state()).toBe("elsewhere");
    await clock.advance(45_000);
    expect(collector.state()).toBe("running");
    expect(cluster.openConnections).toBe(1);
  });

  it("has its own lease again at once after a crash, where the database belongs to one process", async () => {
    const { store, start } = world();
    await store.acquireLease("cluster:shared-1", "process 0", 30_000);
    const collector = await start();
    expect(collector.state()).toBe("running");
  });

  it("goes on reading while the store does not answer", async () => {
    const { clock, store, start } = world();
    const collector = await start();
    await clock.advance(MINUTE);
    store.outage = new Error("connection refused");
    await clock.advance(5 * MINUTE);
    expect(collector.state()).toBe("running");
    expect(clock.now() - Date.parse(seen(collector).parts.offsets.at ?? "")).toBeLessThanOrEqual(20_000);
    store.outage = null;
    store.minutes.length = 0;
    await clock.advance(2 * MINUTE);
    expect(store.minutes.length).toBeGreaterThanOrEqual(6);
  });

  it("reads nothing where collecting is off", async () => {
    const { clock, cluster, start } = world();
    const collector = await start({ collect: false });
    await clock.advance(5 * MINUTE);
    expect(collector.state()).toBe("off");
    expect(asked(cluster)).toEqual({});
  });
});

describe("what another process writes", () => {
  const written = { topics: ["acme.orders"], quotas: true };

  it("is read anew within one look at the store, once, by the process that reads the cluster", async () => {
    const { clock, cluster, store, start } = world();
    const [first, second] = [await start(), await start()];
    await clock.advance(MINUTE);
    expect([first.expect("shared-1", { topics: [], quotas: false }), second.expect("shared-1", written)]).toEqual([true, false]);
    asked(cluster);
    await clock.advance(DEFAULT_SETTINGS.pollEveryMs);
    // Nobody was told of it: quotas and configurations have clocks of their own.
    expect([asked(cluster).quotas, asked(cluster).configs]).toEqual([undefined, undefined]);
    store.written.push({ id: 7, clusterId: "shared-1", ...written });
    await clock.advance(DEFAULT_SETTINGS.pollEveryMs + 1_000);
    expect(asked(cluster)).toMatchObject({ quotas: 1, configs: 1 });
    // A mark that comes to be seen late, and one of a cluster that nobody knows.
    store.written.unshift({ id: 6, clusterId: "shared-1", topics: [], quotas: true }, { id: 5, clusterId: "gone", ...written });
    await clock.advance(DEFAULT_SETTINGS.pollEveryMs + 1_000);
    expect(asked(cluster).quotas).toBe(1);
    await clock.advance(2 * DEFAULT_SETTINGS.pollEveryMs);
    expect(asked(cluster).quotas).toBeUndefined();
  });

  it("is read anew by the process that takes the cluster over, whatever was saved", async () => {
    const { clock, cluster, store, start } = world();
    const first = await start();
    await clock.advance(2 * MINUTE);
    const second = await start();
    store.written.push({ id: 1, clusterId: "shared-1", ...written });
    await clock.advance(DEFAULT_SETTINGS.pollEveryMs);
    await stop(first, clock);
    asked(cluster);
    await clock.advance(MINUTE);
    expect(second.state()).toBe("running");
    expect(asked(cluster).configs).toBe(1);
  });
});

describe("restart", () => {
  it("shows what was saved at once, with its old times, and goes on from there", async () => {
    const { clock, cluster, store, start } = world();
    const first = await start();
    await clock.advance(30_000);
    const before = seen(first);
    await stop(first, clock);
    expect(cluster.openConnections).toBe(0);
    await clock.advance(5 * MINUTE);
    cluster.failing.add("metadata").add("offsets");
    const second = await start();
    expect(second.fleet().clusters.get("shared-1")).toMatchObject({
      groups: before.groups,
      parts: { offsets: { at: before.parts.offsets.at } },
    });
    expect(seen(second).endHistory).toEqual(before.endHistory);
    cluster.failing.clear();
    await clock.advance(2 * MINUTE);
    expect(seen(second).version).toBeGreaterThan(before.version);
    expect(seen(second).progress.get("acme.billing")?.get("acme.orders/0")).toEqual(
      before.progress.get("acme.billing")?.get("acme.orders/0"),
    );
    expect(store.snapshots.size).toBe(1);
  });

  it("starts afresh from a snapshot that cannot be read", async () => {
    const { clock, store, start, warnings } = world();
    store.snapshots.set("shared-1", {
      clusterId: "shared-1",
      version: 5,
      at: new Date(START),
      format: PACK_FORMAT,
      payload: new Uint8Array([1, 2]),
    });
    const collector = await start();
    await clock.advance(10_000);
    expect(seen(collector).groups.size).toBe(1);
    expect(warnings.join()).toContain("store");
  });

  it("ends within its deadline even when the store never answers", async () => {
    const { clock, store, start, warnings } = world();
    store.releaseLease = () => new Promise(() => undefined);
    const collector = await start();
    await clock.advance(10_000);
    let stopped = false;
    void collector.stop().then(() => {
      stopped = true;
    });
    await settle();
    expect(stopped).toBe(false);
    await clock.advance(DEFAULT_SETTINGS.stopDeadlineMs);
    await until(() => stopped);
    expect(warnings.join()).toContain("did not end in time");
    running.splice(0);
  });
});
