import { describe, expect, it } from "vitest";
import { UNREACHABLE } from "./testing/fake-brokers";
import { quota } from "./testing/plans";
import { rollout } from "./testing/rollout";
import { passUntil, type World, world } from "./testing/world";

describe("urgent changes", () => {
  /** Places in the order of what was written. */
  function placeOf(w: World, user: string): number {
    return w.brokers.written.findIndex((one) => one.startsWith(`quota "${user}"`));
  }

  it.each(["brake", "quota"])("a %s waits for one batch of a rollout at the most", async (kind) => {
    const w = world();
    w.brokers.delayMs = 300;
    rollout(w, 1_000);
    const runner = await w.start();
    await w.clock.advance(2_000);
    const written = w.brokers.written.length;
    expect(written).toBeGreaterThan(0);
    w.brokers.setQuota("noisy", "producer_byte_rate", 1_000_000);
    const brakeMinutes = kind === "brake" ? 60 : null;
    const { id } = w.plan([quota("noisy", "producer_byte_rate", { after: "1000", phase: "tighten" })], { kind, brakeMinutes });
    runner.wake();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 5_000);
    expect(placeOf(w, "noisy") - written).toBeLessThanOrEqual(100);
  });

  it("a brake goes before single changes, and those before rollouts, whoever came first", async () => {
    const w = world();
    rollout(w, 60);
    for (const user of ["single", "noisy"]) w.brokers.setQuota(user, "producer_byte_rate", 1_000_000);
    w.plan([quota("single")]);
    w.plan([quota("noisy")], { kind: "brake", brakeMinutes: 60 });
    await w.start();
    await w.clock.advance(10_000);
    expect([placeOf(w, "noisy"), placeOf(w, "single"), placeOf(w, "t0")]).toEqual([0, 1, 2]);
  });

  it("are not held up by a cluster that does not answer, neither on it nor on another one", async () => {
    const w = world();
    const id = rollout(w, 100);
    w.brokers.down = UNREACHABLE;
    await w.start();
    await w.clock.advance(20_000);
    const brake = { kind: "brake", brakeMinutes: 60 };
    w.brokers.setQuota("noisy", "producer_byte_rate", 1_000_000);
    w.other.setQuota("noisy", "producer_byte_rate", 1_000_000);
    const both = w.plan([quota("noisy"), quota("noisy", "producer_byte_rate", { clusterId: "shared-2" })], brake);
    await w.clock.advance(2_000);
    expect(w.store.operations(both.id).map(({ state }) => state)).toEqual(["started", "started"]);
    w.brokers.down = null;
    await passUntil(w.clock, () => w.store.change(both.id).finishedAt !== null, 10_000);
    expect(placeOf(w, "noisy")).toBe(0);
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
  });

  it("go forward on a cluster while another one does not answer", async () => {
    const w = world();
    w.brokers.down = UNREACHABLE;
    for (const user of ["acme", "globex"]) w.other.setQuota(user, "producer_byte_rate", 1_000_000);
    const operations = ["acme", "globex", "initech"].map((user) =>
      quota(user, "producer_byte_rate", { clusterId: user === "initech" ? "shared-1" : "shared-2" }),
    );
    const { id } = w.plan(operations);
    await w.start();
    await w.clock.advance(3_000);
    expect(w.store.operations(id).map(({ state }) => state)).toEqual(["applied", "applied", "started"]);
  });

  it("stop on one cluster what was not sent yet, when a part of the unit is refused on another", async () => {
    const w = world();
    for (const brokers of [w.brokers, w.other]) brokers.setQuota("acme", "producer_byte_rate", 1_000_000);
    const { id } = w.plan([quota("acme"), quota("acme", "producer_byte_rate", { clusterId: "shared-2" })]);
    w.brokers.fault = () => ({ refuses: { code: "forbidden", operation: "", message: "The broker refuses this." } });
    const { readQuotas } = w.other.admin;
    let looks = 0;
    w.other.admin.readQuotas = async () => {
      if (++looks > 1) await new Promise<void>((resolve) => w.clock.after(2_000, resolve));
      return readQuotas();
    };
    await w.start();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 10_000);
    expect(w.store.operations(id).map(({ state }) => state)).toEqual(["failed", "not-attempted"]);
    expect(w.other.written).toEqual([]);
  });
});
