import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nextTurn } from "@/lib/collector/run-slices";
import { isFinished, type PlannedOperation } from "@/lib/domain/change/operation";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import {
  type ChangeIntent,
  importRegistry,
  listOperations,
  openStore,
  readChange,
  readRegistry,
  type Store,
  type StoredChange,
  setWish,
  storeChange,
} from "@/lib/store";
import { changeStore } from "./change-store";
import type { Halt } from "./testing/halting";
import { intent, onTier, quota, retention } from "./testing/plans";
import { type World, world } from "./testing/world";

/** Turns the clock until it holds; the database takes its own time meanwhile. */
async function turnUntil(w: World, holds: () => Promise<boolean>): Promise<void> {
  for (let turns = 0; turns % 4 !== 0 || !(await holds()); turns++) {
    if (turns > 20_000) throw new Error(`It did not come about: ${holds.toString()}`);
    await w.clock.advance(100);
    for (let turn = 0; turn < 5; turn++) await nextTurn();
  }
}

describe("on a database", { timeout: 120_000 }, () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore({ memory: true });
  }, 120_000);
  afterAll(() => store.close());

  let names = 0;

  /** A tenant on the tier silver, with a topic and a quota. */
  async function tenant(w: World): Promise<string> {
    const id = `tenant-${names++}`;
    const tiers = ["silver", "gold"].map((tier) => Tier.parse({ id: tier, name: tier, model: "bridge" }));
    const tenants = [Tenant.parse({ id, name: id, tier: "silver", placements: [] })];
    await importRegistry(store, { tiers, tenants, services: [], sha256: "0" }, "ada", new Date());
    w.brokers.setQuota(id, "producer_byte_rate", 1_000_000);
    w.brokers.setConfig(`${id}.orders`, "retention.ms", "604800000");
    return id;
  }

  async function plan(operations: PlannedOperation[], more: Partial<ChangeIntent> = {}): Promise<StoredChange> {
    return (await storeChange(store, intent(operations, { ...more, idempotencyKey: `key ${names++}` }))).change;
  }

  const toGold = (id: string): PlannedOperation[] => [quota(id), onTier(id), retention(`${id}.orders`)];

  async function finished(w: World, id: number): Promise<StoredChange> {
    const read = async () => {
      const change = await readChange(store, id);
      if (change === null) throw new Error("The change is gone.");
      return change;
    };
    await turnUntil(w, async () => isFinished((await read()).state));
    return read();
  }

  /** A brake's end comes, as the database sees it; its triggers let nobody else do this. */
  async function letTimePass(id: number): Promise<void> {
    await store.transaction((session) =>
      session.run(async (db) => {
        await db.execute(sql`set local session_replication_role = replica`);
        await db.execute(sql`update changes set brake_until = clock_timestamp() where id = ${id}`);
      }),
    );
  }

  const outcomes = async (id: number): Promise<string[]> => (await listOperations(store, id, { limit: 1_000 })).map(({ state }) => state);
  const tierOf = async (id: string) => (await readRegistry(store)).tenants.find((one) => one.id === id)?.tier;

  it("a change is carried out, declared and kept", async () => {
    const w = world();
    const id = await tenant(w);
    const change = await plan(toGold(id));
    const runner = await w.start({ store: changeStore(store) });
    expect(await finished(w, change.id)).toMatchObject({ state: "applied", message: null, counts: { applied: 3 } });
    expect(await outcomes(change.id)).toEqual(["applied", "applied", "applied"]);
    expect(await tierOf(id)).toBe("gold");
    expect(w.brokers.config(`${id}.orders`, "retention.ms")).toBe("86400000");
    await runner.settled(change.id, 1_000);
  });

  it.each([3, 8, 13, 18, 23, 28, 33])("a console that ends with call %i is followed by another", async (left) => {
    const w = world();
    w.brokers.delayMs = 250;
    const ids = [await tenant(w), await tenant(w)];
    const { version } = await readRegistry(store);
    const change = await plan(ids.flatMap(toGold));
    const halt: Halt = { left, afterEffect: left % 2 === 0 };
    void w.start({ store: changeStore(store), halt, holder: "embedded" });
    await turnUntil(w, async () => halt.left <= 0 || isFinished((await readChange(store, change.id))?.state ?? "waiting"));
    halt.left = 0;
    await w.start({ store: changeStore(store), holder: "embedded" });
    expect(await finished(w, change.id)).toMatchObject({ state: "applied", counts: { applied: 6 } });
    for (const id of ids) expect(await tierOf(id)).toBe("gold");
    expect((await readRegistry(store)).version).toBe(version + 1);
  });

  it("a change that is cancelled after the console ended is told as it is", async () => {
    const w = world();
    const id = await tenant(w);
    const change = await plan(toGold(id));
    const halt: Halt = { left: 12, afterEffect: true };
    void w.start({ store: changeStore(store), halt, holder: "embedded" });
    await turnUntil(w, async () => halt.left <= 0);
    await setWish(store, change.id, "cancel");
    await w.start({ store: changeStore(store), holder: "embedded" });
    const { state } = await finished(w, change.id);
    const states = await outcomes(change.id);
    expect(["partly", "cancelled"]).toContain(state);
    expect(states).toEqual([
      w.brokers.quota(id, "producer_byte_rate") === "2000000" ? "applied" : "not-attempted",
      "not-attempted",
      "not-attempted",
    ]);
  });

  it("a rollout with first tenants waits after them, and goes on when it is let", async () => {
    const w = world();
    const ids = [await tenant(w), await tenant(w), await tenant(w)];
    const change = await plan(ids.flatMap(toGold), { rollout: { first: [ids[1] ?? ""], stopAfterFailures: 5 } });
    await w.start({ store: changeStore(store), holder: "embedded" });
    await turnUntil(w, async () => (await readChange(store, change.id))?.state === "paused");
    expect(await readChange(store, change.id)).toMatchObject({ stage: "first", wish: "pause", counts: { applied: 3, pending: 6 } });
    await setWish(store, change.id, "go");
    expect(await finished(w, change.id)).toMatchObject({ state: "applied", stage: "all", counts: { applied: 9 } });
  });

  it("a brake that is over by the database's clock is asked to be taken back", async () => {
    const w = world();
    const id = await tenant(w);
    const brake = { kind: "brake", brakeMinutes: 60 };
    const change = await plan([quota(id, "producer_byte_rate", { after: "1000" })], brake);
    await w.start({ store: changeStore(store), holder: "embedded" });
    expect(await finished(w, change.id)).toMatchObject({ state: "applied", due: false });
    await letTimePass(change.id);
    await turnUntil(w, async () => w.reverts.length > 0);
    expect(w.reverts).toMatchObject([{ changeId: change.id, attempt: 1 }]);
    expect(w.brokers.quota(id, "producer_byte_rate")).toBe("1000");
  });
});
