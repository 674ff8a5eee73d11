import { describe, expect, it } from "vitest";
import { condition, MINUTE, START, stop, world } from "./testing/world";

describe("minutes", () => {
  it("writes one row a minute and leaves a gap where there was no reading", async () => {
    const { clock, cluster, store, start } = world();
    cluster.bytesIn = 120;
    await start();
    await clock.advance(3 * MINUTE);
    cluster.failing.add("exporter").add("offsets").add("logs").add("metadata");
    await clock.advance(3 * MINUTE);
    cluster.failing.clear();
    await clock.advance(3 * MINUTE);
    const withRates = store.minutes
      .filter(({ tenants }) => tenants.some(({ produce }) => produce !== null))
      .map(({ atMs }) => (atMs - Date.parse(START)) / MINUTE);
    expect(withRates.length).toBeGreaterThan(3);
    expect(new Set(withRates).size).toBe(withRates.length);
    expect(withRates).not.toContain(4);
    expect(withRates).toContain(1);
    expect(withRates).toContain(7);
    const [first] = store.minutes;
    const brokers = [1, 2, 3].map((brokerId) => ({ brokerId, bytesPerSecond: 120 }));
    expect(first?.tenants).toMatchObject([
      { tenantId: "*", produce: { bytesPerSecond: 360, source: "measured", brokers }, consume: null },
      { tenantId: "acme", produce: { bytesPerSecond: 120, source: "measured" }, consume: null },
    ]);
    expect(store.rollUps).toBeGreaterThan(5);
  });

  it("does not count again what a saved snapshot shows", async () => {
    const { clock, cluster, store, start } = world();
    const first = await start();
    await clock.advance(2 * MINUTE);
    await stop(first, clock);
    store.minutes.length = 0;
    cluster.failing.add("exporter").add("offsets").add("logs").add("metadata");
    await clock.advance(10 * MINUTE);
    await start();
    await clock.advance(3 * MINUTE);
    expect(store.minutes).toEqual([]);
  });
});

describe("conditions", () => {
  it("writes what begins and what ends, each once, under the cluster's lease", async () => {
    const { clock, store, holding, start } = world();
    await start();
    holding.push(condition("broker 2"));
    await clock.advance(30_000);
    expect(store.reconciled).toMatchObject([{ scope: { clusterId: "shared-1", rules: ["broker.missing"] }, found: [{ id: "broker 2" }] }]);
    holding.length = 0;
    await clock.advance(30_000);
    expect(store.reconciled).toHaveLength(2);
    expect(store.reconciled[1]).toMatchObject({ scope: { rules: ["broker.missing"], only: ["broker 2"] }, found: [] });
  });

  it("goes on since when the store says, also after a restart", async () => {
    const { clock, store, holding, start } = world();
    store.open = [{ ...condition("broker 2", { since: "2025-12-24T00:00:00.000Z" }), episode: 1, acknowledged: null }];
    holding.push(condition("broker 2"));
    const collector = await start();
    await clock.advance(10_000);
    expect(collector.fleet().conditions).toMatchObject([{ id: "broker 2", since: "2025-12-24T00:00:00.000Z" }]);
  });

  it("does not end what could not be judged", async () => {
    const { clock, cluster, store, start } = world();
    store.open = [{ ...condition("broker 2"), episode: 1, acknowledged: null }];
    cluster.failing.add("metadata");
    await start();
    await clock.advance(2 * MINUTE);
    const closing = store.reconciled.filter(
      ({ scope, found }) => scope.only?.includes("broker 2") !== false && !found.some(({ id }) => id === "broker 2"),
    );
    expect(closing).toEqual([]);
    cluster.failing.clear();
    await clock.advance(2 * MINUTE);
    expect(store.reconciled.at(-1)).toMatchObject({ scope: { rules: ["broker.missing"], only: ["broker 2"] }, found: [] });
  });
});

describe("own metrics", () => {
  it("tell how long sweeps take, what is missing, and how old everything is", async () => {
    const { clock, cluster, metrics, start } = world();
    cluster.failing.add("acls");
    await start();
    await clock.advance(30_000);
    const text = await metrics.metrics();
    expect(text).toMatch(/tenant_console_sweep_seconds_count\{.*part="offsets".*\} [1-9]/);
    expect(text).toMatch(/tenant_console_sweep_problems_total\{.*part="acls".*code="unreachable".*\} [1-9]/);
    expect(text).toMatch(/tenant_console_part_age_seconds\{.*part="offsets".*\} \d/);
    expect(text).toContain("tenant_console_tenants 1");
    expect(text).toContain('tenant_console_lease_held{cluster="shared-1"} 1');
    expect(text).toMatch(/tenant_console_event_loop_delay_seconds\{statistic="max"\}/);
    expect(text).toMatch(/tenant_console_event_loop_delay_seconds\{statistic="own_max"\}/);
  });
});
