import { describe, expect, it } from "vitest";
import { quota } from "./testing/plans";
import { passUntil, type World, world } from "./testing/world";

/** A world with a change of one quota. */
function oneQuota(): { w: World; id: number } {
  const w = world();
  w.brokers.setQuota("acme", "producer_byte_rate", 1_000_000);
  return { w, id: w.plan([quota("acme")]).id };
}

/** Makes a call of the brokers wait until it is let go. */
function hold(w: World, call: "readQuotas" | "alterQuotas"): { letGo: () => void; calls: () => number } {
  let letGo: () => void = () => undefined;
  let calls = 0;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const original = w.brokers.admin[call] as (...args: unknown[]) => Promise<never>;
  const waiting = async (...args: unknown[]) => {
    calls++;
    await held;
    return original(...args);
  };
  Object.assign(w.brokers.admin, { [call]: waiting });
  return { letGo, calls: () => calls };
}

describe("a process whose lease passes to another", () => {
  it("writes nothing that it was about to write", async () => {
    const { w } = oneQuota();
    const reading = hold(w, "readQuotas");
    const runner = await w.start();
    await passUntil(w.clock, () => reading.calls() > 0);
    w.store.steal();
    await passUntil(w.clock, () => runner.state() === "elsewhere");
    reading.letGo();
    await w.clock.advance(10_000);
    expect(w.brokers.written).toEqual([]);
  });

  it("sees it by the first write to the store that is refused", async () => {
    const { w } = oneQuota();
    w.brokers.delayMs = 1_000;
    const runner = await w.start({ settings: { lease: { ttlMs: 600_000, renewEveryMs: 300_000 } } });
    await w.clock.advance(500);
    w.store.steal();
    await w.clock.advance(1_500);
    expect(runner.state()).toBe("elsewhere");
  });

  it("begins nothing anew when it gets it back, before what it had under way has ended", async () => {
    const { w, id } = oneQuota();
    const writing = hold(w, "alterQuotas");
    const runner = await w.start();
    await passUntil(w.clock, () => writing.calls() > 0);
    w.store.steal();
    await passUntil(w.clock, () => runner.state() === "elsewhere");
    await passUntil(w.clock, () => runner.state() === "running", 120_000);
    await w.clock.advance(60_000);
    expect(writing.calls()).toBe(1);
    writing.letGo();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 10_000);
    expect(w.outcomes(id)).toEqual(["applied"]);
    expect(writing.calls()).toBe(1);
  });
});
