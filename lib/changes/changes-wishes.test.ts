import { describe, expect, it } from "vitest";
import { rollout } from "./testing/rollout";
import { passUntil, type World, world } from "./testing/world";

const NEVER = 10_000_000;
const finish = (w: World, id: number, atMostMs = NEVER): Promise<void> =>
  passUntil(w.clock, () => w.store.change(id).finishedAt !== null, atMostMs);
const untilPaused = (w: World, id: number): Promise<void> => passUntil(w.clock, () => w.store.change(id).state === "paused");

describe("a person's wish", () => {
  it("to pause lets the batch under way end; to go on goes on there", async () => {
    const w = world();
    w.brokers.delayMs = 1_000;
    const id = rollout(w, 200);
    await w.start();
    await w.clock.advance(500);
    await w.store.setWish(id, "pause");
    await untilPaused(w, id);
    await w.clock.advance(30_000);
    expect(w.store.change(id)).toMatchObject({ state: "paused", message: null, counts: { applied: 100, pending: 300 } });
    await w.store.setWish(id, "go");
    await finish(w, id);
    expect(w.store.change(id)).toMatchObject({ state: "applied", counts: { applied: 400 } });
  });

  it.each(["waiting", "paused"])("to cancel one that is %s: nothing of it is attempted", async (state) => {
    const w = world();
    const id = rollout(w, 200);
    if (state === "paused") await w.store.setWish(id, "pause");
    if (state === "paused") {
      await w.start();
      await untilPaused(w, id);
    }
    await w.store.setWish(id, "cancel");
    if (state === "waiting") await w.start();
    await finish(w, id, 3_000);
    expect(w.store.change(id)).toMatchObject({ state: "cancelled", counts: { "not-attempted": 400 } });
    expect(w.brokers.written).toEqual([]);
  });

  it("to cancel ends after the batch under way", async () => {
    const w = world();
    w.brokers.delayMs = 1_000;
    const id = rollout(w, 200);
    await w.start();
    await w.clock.advance(500);
    await w.store.setWish(id, "cancel");
    await finish(w, id, 5_000);
    expect(w.store.change(id)).toMatchObject({ state: "partly", counts: { applied: 100, "not-attempted": 300 } });
  });
});
