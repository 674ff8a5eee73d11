import { describe, expect, it } from "vitest";
import { AFTER, everyKind, standing } from "./testing/every-kind";
import { UNREACHABLE } from "./testing/fake-brokers";
import { passUntil, type World, world } from "./testing/world";

function finished(w: World, id: number, atMostMs?: number): Promise<void> {
  return passUntil(w.clock, () => w.store.change(id).finishedAt !== null, atMostMs);
}

describe("a store that is gone", () => {
  it.each([0, 100, 200, 300, 400, 500])("from %i ms on: the change goes on where it was, and nothing is lost", async (fromMs) => {
    const w = world();
    w.brokers.delayMs = 250;
    const { id } = w.plan([...everyKind(w, "acme"), ...everyKind(w, "globex")]);
    await w.start();
    await w.clock.advance(fromMs);
    expect(w.store.change(id).finishedAt).toBeNull();
    w.store.outage = new Error("connection refused");
    await w.clock.advance(45_000);
    expect(w.logged.length).toBeLessThan(40);
    w.store.outage = null;
    await finished(w, id, 60_000);
    expect(w.store.change(id).state).toBe("applied");
    expect([standing(w, "acme"), standing(w, "globex")]).toEqual([AFTER, AFTER]);
    expect(w.store.declaredCount).toBe(2);
  });
});

describe("a clock that is set", () => {
  it.each([86_400_000, -86_400_000])("by %i ms while a value is waited for: no deadline comes early or late", async (jumpMs) => {
    const w = world();
    const { id } = w.plan(everyKind(w, "acme"));
    w.brokers.delayMs = 20_000;
    await w.start();
    await w.clock.advance(50);
    w.skewMs = jumpMs;
    await finished(w, id, 70_000);
    expect(w.outcomes(id)).toEqual(["applied", "applied", "applied", "applied"]);
  });

  it.each([86_400_000, -86_400_000])("by %i ms while brokers are away: they are waited for two minutes", async (jumpMs) => {
    const w = world();
    const { id } = w.plan(everyKind(w, "acme"));
    w.brokers.down = UNREACHABLE;
    await w.start();
    await w.clock.advance(50);
    w.skewMs = jumpMs;
    await w.clock.advance(110_000);
    expect(w.store.change(id).state).toBe("running");
    await finished(w, id, 20_000);
    expect(w.store.change(id).state).toBe("failed");
  });
});
