import { describe, expect, it } from "vitest";
import type { RolloutOptions } from "@/lib/domain/change/request";
import { declarationName } from "./testing/memory-change-store";
import { quota } from "./testing/plans";
import { rollout, tenants } from "./testing/rollout";
import { passUntil, type World, world } from "./testing/world";

const NEVER = 10_000_000;
const finish = (w: World, id: number, atMostMs = NEVER): Promise<void> =>
  passUntil(w.clock, () => w.store.change(id).finishedAt !== null, atMostMs);
const untilPaused = (w: World, id: number): Promise<void> => passUntil(w.clock, () => w.store.change(id).state === "paused");

function unitsIn(w: World, id: number, state: string): number {
  return new Set(w.store.operations(id).flatMap((one) => (one.state === state ? [one.unit] : []))).size;
}

const FORBIDDEN = { code: "forbidden" as const, operation: "AlterClientQuotas", message: "The broker refuses this." };

describe("a rollout", () => {
  it("of 1,000 tenants with two operations each asks brokers and the store by batches, not by tenants", async () => {
    const w = world();
    w.brokers.delayMs = 50;
    const id = rollout(w, 1_000);
    const beganMs = w.clock.now();
    await w.start();
    await finish(w, id);
    expect(w.store.change(id)).toMatchObject({ state: "applied", counts: { applied: 2_000 } });
    const asked = w.brokers.asked.map(({ operation }) => operation);
    const batches = 20;
    expect(asked.filter((one) => one === "AlterClientQuotas")).toHaveLength(batches);
    expect(asked.length).toBeLessThanOrEqual(3 * batches);
    const writes = w.store.calls.filter(({ name }) => name === "markOperations");
    expect(writes).toHaveLength(2 * batches);
    expect(w.store.calls.filter(({ name }) => name !== "markOperations").length).toBeLessThan(5 * batches);
    expect(w.clock.now() - beganMs).toBeLessThan(60_000);
    expect(w.written).toHaveLength(batches);
  });

  it("reads the configurations of many topics with only the keys that matter", async () => {
    const w = world();
    const asked: (readonly string[] | undefined)[] = [];
    const { readConfigs } = w.brokers.admin;
    w.brokers.admin.readConfigs = (resources, keys) => {
      asked.push(keys);
      return readConfigs(resources, keys);
    };
    const operations = tenants(50).map((tenant) => {
      w.brokers.setConfig(`${tenant}.orders`, "retention.ms", "604800000");
      return {
        ...quota(tenant),
        target: { kind: "topic-config" as const, clusterId: "shared-1", topic: `${tenant}.orders`, key: "retention.ms" },
        before: "604800000",
        after: "1",
      };
    });
    const { id } = w.plan(operations);
    await w.start();
    await finish(w, id);
    expect(asked.every((keys) => keys?.length === 1 && keys[0] === "retention.ms")).toBe(true);
    const operationNames = w.brokers.asked.map(({ operation }) => operation);
    expect(operationNames).toEqual(["DescribeConfigs", "IncrementalAlterConfigs", "DescribeConfigs"]);
  });

  it("takes fewer units together where each has many operations", async () => {
    const w = world();
    const id = rollout(w, 20);
    await w.start({ settings: { batch: { units: 50, operations: 10 } } });
    await finish(w, id);
    expect(w.brokers.asked.filter(({ operation }) => operation === "AlterClientQuotas").map(({ items }) => items.length)).toEqual([
      5, 5, 5, 5,
    ]);
  });

  it("stops one tenant for a conflict, and not the others", async () => {
    const w = world();
    const id = rollout(w, 120);
    w.brokers.setQuota("t7", "consumer_byte_rate", 5);
    await w.start();
    await finish(w, id);
    expect(w.store.change(id)).toMatchObject({ state: "partly", counts: { applied: 238, conflict: 1, "not-attempted": 1 } });
    expect(w.brokers.quota("t7", "producer_byte_rate")).toBe("1000000");
  });

  it("keeps to its tenants a minute", async () => {
    const w = world();
    const id = rollout(w, 90, { tenantsPerMinute: 30 });
    await w.start();
    let before = 0;
    for (let minute = 0; minute < 3; minute++) {
      await w.clock.advance(60_000);
      const done = unitsIn(w, id, "applied");
      expect(done - before).toBeLessThanOrEqual(30 + (minute === 0 ? 5 : 0));
      before = done;
    }
    await finish(w, id, 30_000);
  });

  it("is cancelled while it waits for its next minute", async () => {
    const w = world();
    const id = rollout(w, 4, { tenantsPerMinute: 1 });
    await w.start();
    await w.clock.advance(5_000);
    await w.store.setWish(id, "cancel");
    await finish(w, id, 2_000);
    expect(w.store.change(id)).toMatchObject({ state: "partly", counts: { applied: 2, "not-attempted": 6 } });
  });
});

describe("a rollout with first tenants", () => {
  it("waits after them until a person lets the rest follow", async () => {
    const w = world();
    const id = rollout(w, 100, { first: ["t3", "t80"] });
    await w.start();
    await untilPaused(w, id);
    await w.clock.advance(60_000);
    const message = "The first tenants are done. Resume it to let the rest follow.";
    expect(w.store.change(id)).toMatchObject({ state: "paused", stage: "first", message, counts: { applied: 4, pending: 196 } });
    expect(w.brokers.quota("t80", "producer_byte_rate")).toBe("2000000");
    await w.store.setWish(id, "go");
    await passUntil(w.clock, () => w.store.change(id).state === "running");
    expect(w.store.change(id)).toMatchObject({ stage: "all", message: null });
    await finish(w, id);
    expect(w.store.change(id).state).toBe("applied");
  });

  it("waits also when the console ends in between", async () => {
    const w = world();
    const id = rollout(w, 10, { first: ["t3"] });
    for (let left = 5; left < 30; left++) {
      await w.start({ halt: { left, afterEffect: left % 2 === 0 }, holder: `h${left}` });
      await w.clock.advance(20_000);
    }
    await w.start({ holder: "last" });
    await w.clock.advance(60_000);
    expect(w.store.change(id)).toMatchObject({ state: "paused", stage: "first", counts: { applied: 2, pending: 18 } });
  });

  it("does not wait where nobody is left", async () => {
    const w = world();
    const id = rollout(w, 2, { first: ["t0", "t1"] });
    await w.start();
    await finish(w, id);
    expect(w.store.change(id).state).toBe("applied");
  });
});

describe("a rollout that a tier leads", () => {
  const leader = {
    target: { kind: "tier" as const, tierId: "gold" },
    before: "{}",
    after: '{"id":"gold"}',
    phase: "declare" as const,
    unit: "tier:gold",
    note: null,
  };
  function led(w: World, declared: string, options: RolloutOptions | null): number {
    w.store.declared.set(declarationName(leader.target), declared);
    const followers = tenants(60).map((user) => {
      w.brokers.setQuota(user, "producer_byte_rate", 1_000_000);
      return quota(user);
    });
    return w.plan([leader, ...followers], { kind: "tier-definition", rollout: options }).id;
  }

  it.each([null, { first: ["t3"] }])("(%o) touches no tenant when the tier was changed meanwhile", async (options) => {
    const w = world();
    const id = led(w, '{"other":1}', options);
    await w.start();
    await finish(w, id);
    expect(w.store.change(id)).toMatchObject({ state: "failed", counts: { conflict: 1, "not-attempted": 60 } });
    expect(w.brokers.written).toEqual([]);
  });

  it("touches no tenant either when the console ended right after", async () => {
    const w = world();
    const id = led(w, '{"other":1}', null);
    const halt = { left: Number.POSITIVE_INFINITY, afterEffect: false };
    const { applyDeclarations } = w.store;
    w.store.applyDeclarations = async (...args) => {
      const marks = await applyDeclarations(...args);
      halt.left = 0;
      return marks;
    };
    await w.start({ halt });
    await passUntil(w.clock, () => halt.left <= 0);
    w.store.applyDeclarations = applyDeclarations;
    await w.start({ holder: "second" });
    await finish(w, id);
    expect(w.store.change(id)).toMatchObject({ state: "failed", counts: { conflict: 1, "not-attempted": 60 } });
    expect(w.brokers.written).toEqual([]);
  });

  it("writes the tier before its first tenants", async () => {
    const w = world();
    const id = led(w, "{}", { first: ["t3"] });
    await w.start();
    await untilPaused(w, id);
    expect(w.store.change(id)).toMatchObject({ stage: "first", counts: { applied: 2, pending: 59 } });
    expect(w.store.declared.get(declarationName(leader.target))).toBe(leader.after);
  });
});

describe("a rollout that is to stop at failures", () => {
  it("pauses with no more than were allowed, and again when as many more have failed", async () => {
    const w = world();
    const id = rollout(w, 200, { stopAfterFailures: 3 });
    w.brokers.fault = () => ({ refuses: FORBIDDEN });
    await w.start();
    await untilPaused(w, id);
    expect(unitsIn(w, id, "failed")).toBe(3);
    expect(w.store.change(id).message).toBe("It paused because 3 tenants failed.");
    await w.store.setWish(id, "go");
    await w.clock.advance(1_000);
    await untilPaused(w, id);
    expect(unitsIn(w, id, "failed")).toBe(6);
    w.brokers.fault = () => undefined;
    await w.store.setWish(id, "go");
    await finish(w, id);
    expect(w.store.change(id)).toMatchObject({ state: "partly", counts: { failed: 12, applied: 388 } });
  });

  it("is cancelled when a person wishes that just before it pauses", async () => {
    const w = world();
    const id = rollout(w, 60, { stopAfterFailures: 2 });
    w.brokers.fault = () => ({ refuses: FORBIDDEN });
    const { readChange } = w.store;
    w.store.readChange = async (changeId) => {
      const change = await readChange(changeId);
      // Read by the runner as one that goes on; the wish comes right after.
      if (changeId === id && unitsIn(w, id, "failed") === 2 && w.store.change(id).wish === "go") await w.store.setWish(id, "cancel");
      return change;
    };
    await w.start();
    await finish(w, id, 60_000);
    expect(w.store.change(id)).toMatchObject({ state: "cancelled", wish: "cancel", counts: { failed: 4, "not-attempted": 116 } });
  });

  it("pauses after a restart too, and goes on after one when a person has let it", async () => {
    const w = world();
    const id = rollout(w, 60, { stopAfterFailures: 2, tenantsPerMinute: 60 });
    w.brokers.fault = (item) => (['"t0"', '"t1"'].some((name) => item.startsWith(name)) ? { refuses: FORBIDDEN } : undefined);
    // Ends between the mark of the second failure and the pause.
    const { markOperations } = w.store;
    const halt = { left: Number.POSITIVE_INFINITY, afterEffect: false };
    w.store.markOperations = async (...args) => {
      await markOperations(...args);
      if (unitsIn(w, id, "failed") === 2) halt.left = 0;
    };
    await w.start({ halt });
    await passUntil(w.clock, () => halt.left <= 0);
    w.store.markOperations = markOperations;
    await w.start({ holder: "second" });
    await untilPaused(w, id);
    expect(unitsIn(w, id, "failed")).toBe(2);
    expect(unitsIn(w, id, "pending")).toBe(58);
    await w.store.setWish(id, "go");
    await passUntil(w.clock, () => unitsIn(w, id, "applied") > 0);
    w.store.steal();
    await w.clock.advance(100_000);
    expect(w.store.change(id).state).not.toBe("paused");
    await finish(w, id);
    expect(w.store.change(id)).toMatchObject({ state: "partly", counts: { failed: 4, applied: 116 } });
  });
});
